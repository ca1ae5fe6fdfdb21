from .decision import Decision
from .report import Report
from .review import Review

__all__ = ["Decision", "Report", "Review"]
