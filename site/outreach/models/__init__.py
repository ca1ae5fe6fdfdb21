from .delivery import Attempt, Delivery
from .job import JobRun
from .notice import Notice
from .pause import PauseMemory
from .staffed import StaffedHours

__all__ = ["Attempt", "Delivery", "JobRun", "Notice", "PauseMemory", "StaffedHours"]
