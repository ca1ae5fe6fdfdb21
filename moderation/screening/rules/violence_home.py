"""Someone may be hurt at home."""

from .rule import Rule, by_word_list

RULE = Rule("violence_home", by_word_list("violence_home"), needs=("danger", "violence"))
