"""Someone may be about to hurt others."""

from .rule import Rule, by_word_list

RULE = Rule("danger_others", by_word_list("danger_others"), needs=("danger", "police"))
