"""A child may be hurt, or left without care."""

from .rule import Rule, by_word_list

RULE = Rule("child_at_risk", by_word_list("child_at_risk"), needs=("violence", "child"))
