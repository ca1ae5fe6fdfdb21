"""Who stands around a parent: proposed by the team, open only after her yes, and gone when she says so.

Places are numbered up to the ceiling of the family, so that the database itself refuses a crowd.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from outreach.candidates import candidate_ids
from outreach.facts import facts_of
from outreach.families import Family, family_of
from outreach.models import Around, Delivery, Notice, Place, StaffProfile, StandIn, Task
from outreach.policies import (
    answer_around,
    ask_who_has_no_account,
    change_around,
    hand_over,
    see_own_needs,
    write_her_no,
)
from outreach.said_of_themselves import without_room
from outreach.vocabulary import IN_PERSON, Purpose, State
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.queries import has_account, hold_person, locked_out, still_holds
from people.vocabulary import Reason, Role

from .delivering import judge_again
from .reaching import reach

SUBJECT, GONE = "outreach.around", "outreach.gone"
BY_THE_PORTAL = "portal"


def propose(
    *,
    person: Person,
    staff_id: str,
    by: Actor,
    instead_of: str = "",
    said_yes: bool = False,
    now: datetime | None = None,
) -> Around:
    """Asks her whether this colleague may stand around her. Nothing is open to the colleague before her yes.

    In a full house somebody makes place first: `instead_of` is one of those around this same person. `said_yes`: who
    has no account cannot answer here, and was asked on the phone or at the door; nobody else's yes is given for her.
    """
    now = now or timezone.now()
    change_around.require(by, person)
    if said_yes == has_account(person.pk):
        raise Refused(Reason.NOT_OPEN_NOW)
    with transaction.atomic():
        hold_person(person.pk)
        if staff_id not in candidate_ids(person.pk):
            raise Refused(Reason.NOT_OPEN_NOW)
        if instead_of:
            _make_place(person, instead_of, by, now)
        around = _stand(person, staff_id, by.person_id, now)
        _record("asked", around, by, now)
        if said_yes:
            Around.objects.filter(pk=around.pk).update(agreed_at=now)
            _record("agreed", around, by, now)
            return around
        reach(
            person_id=person.pk,
            purpose=Purpose.AROUND_ME,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=around.pk,
            now=now,
        )
    return around


def agree(*, around: Around, by: Actor, now: datetime | None = None) -> None:
    """Her yes opens what the colleague needs, and nothing before it."""
    now = now or timezone.now()
    answer_around.require(by, around)
    with transaction.atomic():
        changed = Around.objects.filter(pk=around.pk, agreed_at__isnull=True, ended_at__isnull=True).update(
            agreed_at=now
        )
        if changed:
            _record("agreed", around, by, now)


def let_go(*, around: Around, by: Actor, now: datetime | None = None) -> None:
    """She says no, or 'please leave': at once, without a word of why, and nobody is told more than that it is so."""
    now = now or timezone.now()
    answer_around.require(by, around)
    _go_at_her_word(around, by, now)


def write_yes(*, around: Around, by: Actor, now: datetime | None = None) -> None:
    """Who took over asked her on the phone or at the door, and she said yes."""
    now = now or timezone.now()
    ask_who_has_no_account.require(by, around)
    with transaction.atomic():
        unasked = Around.objects.filter(pk=around.pk, unasked_since__isnull=False, ended_at__isnull=True)
        if unasked.update(unasked_since=None, agreed_at=now):
            _record("agreed", around, by, now)


def write_no(*, around: Around, by: Actor, now: datetime | None = None) -> None:
    """She said on the phone or at the door that this colleague shall not come, or not any more: it holds at once, as
    her own word. If nobody else knows her, a coordinator chooses again, and never this one."""
    now = now or timezone.now()
    write_her_no.require(by, around)
    _go_at_her_word(around, by, now)


def _go_at_her_word(around: Around, by: Actor, now: datetime) -> None:
    with transaction.atomic():
        hold_person(around.person_id)
        facts = facts_of([around.person_id], now)[around.person_id]
        if _end(around, around.person_id, now):
            _record("ended", around, by, now)
            _pass_tasks_on(around)
            judge_again(around.person_id, before=facts, now=now)


def choose_contact_person(*, staff_id: str, by: Actor, now: datetime | None = None) -> Around:
    """She chooses, so her yes is in it. Who was her contact person makes place without a word: no notice, no reason."""
    now = now or timezone.now()
    see_own_needs.require(by)
    with transaction.atomic():
        person = hold_person(by.person_id)
        mine = Around.objects.select_for_update().filter(person=person, ended_at__isnull=True)
        before = mine.filter(is_contact_person=True).first()
        if before and before.staff_id == staff_id:
            return before
        facts = facts_of([person.pk], now)[person.pk]
        around = mine.filter(staff_id=staff_id).first()
        if locked_out([staff_id]) if around else staff_id not in candidate_ids(person.pk):
            raise Refused(Reason.NOT_OPEN_NOW)
        if before:
            _end(before, person.pk, now)
            _record("ended", before, by, now)
        if around is None:
            around = _her_choice(person, staff_id, now)
        Around.objects.filter(pk=around.pk).update(is_contact_person=True, agreed_at=around.agreed_at or now)
        if before:
            _pass_tasks_on(before, to=staff_id)
        around.refresh_from_db()
        _record("contact_person_chosen", around, by, now)
        judge_again(person.pk, before=facts, now=now)
    return around


def say_limit(*, person: Person, by: Actor, now: datetime | None = None) -> None:
    """Her contact person cannot go on. She is asked to choose another, or the team; until then nothing changes.

    Who has no account could not open the question: her contact person asks it.
    """
    now = now or timezone.now()
    hand_over.require(by, person)
    with transaction.atomic():
        mine = Around.objects.select_for_update().get(
            person=person, staff_id=by.person_id, is_contact_person=True, ended_at__isnull=True
        )
        if mine.limit_at:
            return
        Around.objects.filter(pk=mine.pk).update(limit_at=now)
        _record("limit_said", mine, by, now)
        if not has_account(person.pk):
            return
        reach(
            person_id=person.pk,
            purpose=Purpose.AROUND_ME,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=mine.pk,
            now=now,
        )


def stand_nowhere(*, staff_id: str, now: datetime) -> int:
    """Who is no facilitator any more stands around nobody, whatever ended that; returns around how many it was.

    The places are free, what was waited for goes on with the team, and each parent whose contact person it was is told
    in her way, so that nobody waits for somebody who does not come. Who has no account cannot read it: a colleague
    tells her, whom a coordinator puts in the place (`taking_over`). The caller's policy has decided.
    """
    going = Around.objects.filter(staff_id=staff_id, ended_at__isnull=True).order_by("person_id")
    for around in going:
        try:
            hold_person(around.person_id)
        except Refused:  # erased meanwhile, and with her that anybody stood around her
            continue
        facts, was_closest = facts_of([around.person_id], now)[around.person_id], around.is_contact_person
        if not _end(around, BY_THE_PORTAL, now):
            continue
        record(
            "outreach.around.ended",
            by_id=BY_THE_PORTAL,
            subject="people.person",
            subject_id=around.person_id,
            now=now,
            staff=staff_id,
        )
        if was_closest and around.agreed_at and has_account(around.person_id):
            reach(person_id=around.person_id, purpose=Purpose.AROUND_ME, subject=GONE, subject_id=around.pk, now=now)
        judge_again(around.person_id, before=facts, now=now)
    StandIn.objects.filter(staff_id=staff_id, leave__ends_at__gt=now).delete()
    _leave_to_the_team(staff_id)
    return len(going)


def _leave_to_the_team(staff_id: str) -> None:
    """What only this colleague would have done, also for whom they did not stand around."""
    Task.objects.filter(for_id=staff_id, done_at__isnull=True, withdrawn_at__isnull=True).update(for_id="")
    to_come = Delivery.objects.filter(purpose__in=sorted(IN_PERSON), state=State.WAITING, notice__by_id=staff_id)
    Notice.objects.filter(pk__in=to_come.values("notice_id")).update(by_id="")


def stand_as_contact_person(person: Person, *, staff_id: str, by_id: str, now: datetime) -> Around:
    """For a parent whose yes was given by phone or at the door; the caller's policy has decided."""
    around = _stand(person, staff_id, by_id, now)
    around.is_contact_person, around.agreed_at = True, now
    around.save(update_fields=["is_contact_person", "agreed_at"])
    return around


def make_way(person: Person, *, to: str, by_id: str, now: datetime) -> list[str]:
    """Who stood around a parent and cannot come any more makes way for who does; gives whose places those were. The
    caller's policy has decided."""
    going = list(Around.objects.filter(person=person, ended_at__isnull=True).order_by("pk"))
    for around in going:
        _end(around, by_id, now)
    waiting = Task.objects.filter(person=person, done_at__isnull=True, withdrawn_at__isnull=True)
    waiting.exclude(for_id="").update(for_id=to)
    return [around.staff_id for around in going]


def _her_choice(person: Person, staff_id: str, now: datetime) -> Around:
    """A full house of the family is not hers to learn of: it is the one sentence of every refusal."""
    try:
        return _stand(person, staff_id, person.pk, now)
    except Refused as refusal:
        raise Refused(Reason.NOT_OPEN_NOW) from refusal


def _stand(person: Person, staff_id: str, asked_by_id: str, now: datetime) -> Around:
    """The row with its place; a full house and a race for the last place are one and the same refusal."""
    if Around.objects.filter(person=person, staff_id=staff_id, ended_at__isnull=True).exists():
        raise Refused(Reason.ALREADY_DONE)
    if asked_by_id != staff_id:
        # Asked once more behind the lock on the role: of two who are kept apart and choose the same colleague at one
        # moment, the second one meets the first.
        if not still_holds(staff_id, Role.FACILITATOR) or staff_id not in candidate_ids(person.pk):
            raise Refused(Reason.NOT_OPEN_NOW)
        _keep_own_limit(staff_id, family_of(person.pk))
    try:
        with transaction.atomic():
            place = _place_for(family_of(person.pk), staff_id)
            return Around.objects.create(
                person=person, staff_id=staff_id, place=place, asked_at=now, asked_by_id=asked_by_id
            )
    except IntegrityError:
        raise Refused(Reason.FULL) from None


def _keep_own_limit(staff_id: str, family: Family) -> None:
    """However two parents race for the last place that somebody has. Who takes a family on herself may go beyond."""
    StaffProfile.objects.select_for_update().filter(person_id=staff_id).first()
    if staff_id in without_room(family.ids):
        raise Refused(Reason.FULL)


def _place_for(family: Family, staff_id: str) -> Place:
    """The place this colleague has with the family already, else the first that is free."""
    places = list(Place.objects.select_for_update().filter(family_id__in=family.ids).order_by("pk"))
    mine = next((row for row in places if row.staff_id == staff_id), None)
    if mine:
        return mine
    taken = {row.number for row in places if row.family_id == family.id}
    free = next((number for number in range(1, family.cap + 1) if number not in taken), None)
    if free is None or len({row.staff_id for row in places}) >= family.cap:
        raise Refused(Reason.FULL)
    return Place.objects.create(family_id=family.id, staff_id=staff_id, number=free, ceiling=family.cap)


def _make_place(person: Person, around_id: str, by: Actor, now: datetime) -> None:
    """Who is asked to go is one of those around her, and never the one who is closest."""
    going = Around.objects.filter(pk=around_id, person=person, ended_at__isnull=True).first()
    if going is None or going.is_contact_person:
        raise Refused(Reason.CHANGED_MEANWHILE)
    _end(going, by.person_id, now)
    _record("ended", going, by, now)
    _pass_tasks_on(going)


def _end(around: Around, by_id: str, now: datetime) -> bool:
    """Ends it, and frees the place when nobody else of the family needs this colleague."""
    place_id = around.place_id
    ended = Around.objects.filter(pk=around.pk, ended_at__isnull=True).update(
        ended_at=now, ended_by_id=by_id, place=None, is_contact_person=False
    )
    Place.objects.filter(pk=place_id, around__isnull=True).delete()
    return bool(ended)


def _pass_tasks_on(around: Around, to: str = "") -> None:
    """What she waits for is not lost with who would have done it: the next one does it, else the team."""
    waiting = Task.objects.filter(person_id=around.person_id, done_at__isnull=True, withdrawn_at__isnull=True)
    waiting.filter(for_id=around.staff_id).update(for_id=to)


def _record(what: str, around: Around, by: Actor, now: datetime) -> None:
    record(
        f"outreach.around.{what}",
        by_id=by.person_id,
        subject="people.person",
        subject_id=around.person_id,
        now=now,
        staff=around.staff_id,
    )
