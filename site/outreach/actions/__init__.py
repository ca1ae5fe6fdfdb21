"""The only writers of outreach. `reach` and `reach_many` are the one door to a person."""

from .reaching import reach, reach_many

__all__ = ["reach", "reach_many"]
