"""A child may be about to leave, or is gone."""

from .rule import Rule, by_word_list

RULE = Rule("departure", by_word_list("departure"), needs=("police",))
