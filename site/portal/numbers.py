"""Whom to call, for shells and tags. The list and its one reader are in resources; nothing is read twice."""

from resources.numbers import by_key, by_need, by_needs, crisis, every

__all__ = ["by_key", "by_need", "by_needs", "crisis", "every"]
