from .around import Around, Place
from .contact_moment import ContactMoment
from .delivery import Attempt, Delivery
from .duty import DutyShift
from .job import JobRun
from .leave import Leave, StandIn
from .notice import Notice
from .occasion import Occasion, Round, RoundLine
from .override import Override
from .pause import PauseMemory
from .push_subscription import PushSubscription
from .safe_contact import SafeContact
from .staff_profile import StaffProfile
from .staff_word import StaffWord
from .staffed import StaffedHours
from .task import Task

__all__ = [
    "Around",
    "Attempt",
    "ContactMoment",
    "Delivery",
    "DutyShift",
    "JobRun",
    "Leave",
    "Notice",
    "Occasion",
    "Override",
    "PauseMemory",
    "Place",
    "PushSubscription",
    "Round",
    "RoundLine",
    "SafeContact",
    "StaffProfile",
    "StaffWord",
    "StaffedHours",
    "StandIn",
    "Task",
]
