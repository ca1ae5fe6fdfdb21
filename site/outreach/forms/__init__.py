"""What may be typed about contact. `PARTS`: the forms of the contact page, by the name of their part."""

from .hours import HardDayForm, HoursForm, NoHardDayForm, NoOtherHoursForm
from .language import LanguageForm
from .part import PartForm
from .safe_contact import AskForm, SafeContactForm
from .wish import EventsForm, KindsForm, RhythmForm, WaysForm, WhoForm

PARTS: dict[str, type[PartForm]] = {
    form.part: form
    for form in (
        RhythmForm,
        WaysForm,
        KindsForm,
        HoursForm,
        NoOtherHoursForm,
        WhoForm,
        EventsForm,
        HardDayForm,
        NoHardDayForm,
        LanguageForm,
    )
}

__all__ = ["PARTS", "AskForm", "PartForm", "SafeContactForm"]
