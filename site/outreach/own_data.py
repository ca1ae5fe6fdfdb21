"""What outreach tells a person: the wish, the safe-contact card, who stands around her, what was sent or not, and what
the team wrote down of contacts with her, where she may read it.
"""

from django.conf import settings
from django.utils.translation import pgettext_lazy as pl

from people.models import ContactNeeds
from people.own_data import Item, Part
from people.queries import name_of_staff

from . import wish as wishes
from .fears import fear_of
from .models import (
    Around,
    ContactMoment,
    Delivery,
    DutyShift,
    Notice,
    Override,
    PushSubscription,
    RoundLine,
    SafeContact,
    StaffProfile,
    StaffWord,
)
from .models.staff_profile import DayPart, Theme
from .vocabulary import DISCREET, WEEKDAYS

WHEN, WHY, WHO = pl("data.when", "When"), pl("data.why", "Why"), pl("data.who", "Who")
SINCE, UNTIL = pl("data.since", "Since"), pl("data.until", "Until")


def tell(person_id: str) -> list[Part]:
    return [
        Part(pl("data.wish", "How you want contact"), _wish(person_id)),
        Part(pl("data.card", "How to reach you safely"), _card(person_id)),
        Part(pl("data.around", "Who is around you"), [_around(row) for row in _of(Around, person_id, "asked_at")]),
        Part(pl("data.moments", "Contacts with you"), [_moment(row) for row in _readable_moments(person_id)]),
        Part(pl("data.words", "Words of the team to you"), _words(person_id)),
        Part(pl("data.rounds", "When something happened, and the team thought of you"), _rounds(person_id)),
        Part(pl("profile.about", "What I say of myself"), _of_oneself(person_id)),
        Part(pl("data.duty", "When I am on duty"), [_duty(row) for row in DutyShift.objects.filter(staff=person_id)]),
        Part(pl("data.overrides", "When the team passed your wish"), _overrides(person_id)),
        Part(pl("data.notices", "What the portal had for you"), [_notice(row) for row in _of(Notice, person_id)]),
        Part(pl("data.deliveries", "What was sent, or was not"), [_delivery(row) for row in _of(Delivery, person_id)]),
        Part(pl("data.phones", "Phones that we tell"), [_phone(row) for row in _of(PushSubscription, person_id)]),
    ]


def _of(model, person_id: str, order: str = "created_at"):
    return model.objects.filter(person_id=person_id).order_by(order)


def _wish(person_id: str) -> list[Item]:
    return [
        Item(
            (
                (pl("contact.often", "How often may you hear from us?"), row.get_rhythm_display()),
                (pl("rhythm.quiet.day", "Quiet until which day?"), row.quiet_until),
                (
                    pl("contact.how", "In what way?"),
                    ", ".join(str(way.label) for way in wishes.channels_from(row.channels)),
                ),
                (pl("contact.when", "When not?"), ", ".join(map(_hours, wishes.quiet_hours_from(row.quiet_hours)))),
                (pl("contact.who", "Who may contact you?"), row.get_who_may_display()),
                (pl("contact.events", "And when something happened?"), row.get_around_events_display()),
                (pl("discreet", "Discreet"), DISCREET[row.discreet]),
                *(
                    (pl("contact.hard_day", "A hard day"), f"{one.day.isoformat()} {one.words}".strip())
                    for one in wishes.hard_days_from(row.hard_days)
                ),
                (SINCE, row.changed_at),
            )
        )
        for row in ContactNeeds.objects.filter(person_id=person_id)
    ]


def _hours(one: wishes.QuietHours) -> str:
    day = "" if one.weekday is None else str(WEEKDAYS[one.weekday][1])
    return f"{day} {one.start:%H:%M}-{one.end:%H:%M}".strip()


def _card(person_id: str) -> list[Item]:
    return [
        Item(
            (
                (pl("safe.phone", "Phone number"), row.phone),
                (pl("safe.address", "Address"), row.address),
                (pl("safe.hours", "When calling goes well"), row.hours),
                (pl("safe.else", "If someone else picks up"), row.get_if_someone_else_display()),
                (pl("safe.code", "Code word"), row.code_word),
                (pl("safe.from", "When we call, we say we are from"), row.say_from),
                (SINCE, row.changed_at),
            )
        )
        for row in SafeContact.objects.filter(person_id=person_id)
    ]


def _around(row: Around) -> Item:
    return Item(((WHO, name_of_staff(row.staff_id)), (SINCE, row.agreed_at), (UNTIL, row.ended_at)))


def _readable_moments(person_id: str):
    return _of(ContactMoment, person_id, "at").filter(parent_may_read=True)


def _moment(row: ContactMoment) -> Item:
    how, became = pl("data.how", "How"), pl("data.became", "What became of it")
    facts = ((WHEN, row.at), (WHO, name_of_staff(row.by_id)), (how, row.get_how_display()))
    corrected = (pl("data.corrected", "Corrected on"), row.corrected_at)
    return Item((*facts, (became, row.get_outcome_display()), corrected), words=row.note)


def _words(person_id: str) -> list[Item]:
    answer = pl("data.answer", "Your answer")
    return [
        Item(
            ((WHEN, row.written_at), (WHO, name_of_staff(row.by_id)), (answer, row.get_answer_display())),
            words=row.text,
        )
        for row in _of(StaffWord, person_id, "written_at")
    ]


def _rounds(person_id: str) -> list[Item]:
    """That the team thought of this person, and how it went; what happened is told in the team's words to the team."""
    rows = RoundLine.objects.filter(person_id=person_id, round__confirmed_at__isnull=False).select_related("round")
    return [
        Item(
            (
                (WHEN, row.round.confirmed_at),
                (WHO, name_of_staff(row.lead_id)),
                (pl("data.became", "What became of it"), row.get_outcome_display()),
            )
        )
        for row in rows.order_by("round__confirmed_at")
    ]


def _of_oneself(person_id: str) -> list[Item]:
    """Of staff only: what was said to help parents choose."""
    return [
        Item(
            (
                (
                    pl("profile.languages", "Which languages do you speak with parents?"),
                    _among(settings.LANGUAGES, row.languages),
                ),
                (pl("profile.themes", "What do you know well?"), _among(Theme.choices, row.themes)),
                (pl("profile.hours", "When can parents usually reach you?"), _among(DayPart.choices, row.hours)),
                (pl("data.gender", "A woman or a man"), row.get_gender_display()),
                (pl("profile.most", "How many families can you carry at most?"), row.most_families),
            )
        )
        for row in StaffProfile.objects.filter(person_id=person_id)
    ]


def _among(choices, said: list[str]) -> str:
    names = dict(choices)
    return ", ".join(str(names.get(one, one)) for one in said)


def _duty(row: DutyShift) -> Item:
    return Item(((SINCE, row.starts_at), (UNTIL, row.ends_at)))


def _overrides(person_id: str) -> list[Item]:
    return [
        Item(
            (
                (WHEN, row.confirmed_at),
                (WHO, f"{name_of_staff(row.asked_by_id)}, {name_of_staff(row.confirmed_by_id)}"),
                (WHY, fear_of(row)),
            ),
            words=row.because,
        )
        for row in _of(Override, person_id, "asked_at").filter(confirmed_at__isnull=False)
    ]


def _notice(row: Notice) -> Item:
    return Item(((WHEN, row.created_at), (WHY, row.why), (pl("data.read", "Read on"), row.read_at)))


def _delivery(row: Delivery) -> Item:
    return Item(
        (
            (WHEN, row.created_at),
            (WHY, row.get_purpose_display()),
            (pl("data.how", "How"), row.get_channel_display()),
            (pl("data.became", "What became of it"), row.get_state_display()),
        )
    )


def _phone(row: PushSubscription) -> Item:
    return Item(((WHEN, row.created_at), (pl("data.phone.told", "Last told on"), row.last_ok_at), (UNTIL, row.gone_at)))
