"""What may be typed about contact. `PARTS`: the forms of the contact page, by the name of their part."""

from .discreet import DiscreetForm
from .hard_days import HardDayForm, NoHardDayForm, TurnHardDayForm
from .hours import EveningForm, HoursForm, NoOtherHoursForm, WholeDayForm
from .language import ClockForm, LanguageForm, PlaceForm
from .part import PartForm
from .safe_contact import AskForm, SafeContactForm
from .ways import KindForm, WaysForm
from .wish import EventsForm, QuietForForm, RhythmForm, WhoForm

PARTS: dict[str, type[PartForm]] = {
    form.part: form
    for form in (
        RhythmForm,
        QuietForForm,
        WaysForm,
        KindForm,
        EveningForm,
        HoursForm,
        NoOtherHoursForm,
        WholeDayForm,
        WhoForm,
        EventsForm,
        HardDayForm,
        NoHardDayForm,
        TurnHardDayForm,
        LanguageForm,
        ClockForm,
        DiscreetForm,
    )
}

__all__ = ["PARTS", "AskForm", "PartForm", "PlaceForm", "SafeContactForm"]
