"""Someone may want to die or to hurt themselves."""

from .rule import Rule, by_word_list

RULE = Rule("danger_self", by_word_list("danger_self"), needs=("suicide", "talk"))
