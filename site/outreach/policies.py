"""Who may read and change a wish, who may read a notice, and who sees the people of the own company: the person
herself, and those who accompany her or, with her yes, stand around her. Rank alone opens nothing here.
"""

from people.actor import Actor
from people.models import Person, SignIn
from people.policy import Refused, policy
from people.queries import has_account
from people.vocabulary import GRANTED_ROLES, Reason, Role

from .company import company_of
from .models import Around, ContactMoment, Leave, Notice


def _in_company(actor: Actor, person_id: str) -> None:
    if Role.FACILITATOR not in actor.roles or person_id not in company_of(actor.person_id):
        raise Refused(Reason.NOT_YOURS)


def _own_or_accompanied(actor: Actor, person_id: str) -> None:
    if actor.person_id != person_id:
        _in_company(actor, person_id)


@policy("outreach:needs:read", roles=(Role.PARENT, Role.FACILITATOR))
def read_needs(actor: Actor, person_id: str) -> None:
    """A parent their own; a facilitator that of a parent they accompany or stand around."""
    _own_or_accompanied(actor, person_id)


@policy("outreach:needs:set", roles=(Role.PARENT, Role.FACILITATOR))
def set_needs(actor: Actor, person_id: str) -> None:
    """A parent their own; with the parent on the phone, a facilitator who accompanies or stands around them."""
    _own_or_accompanied(actor, person_id)


@policy("outreach:card:keep", roles=(Role.PARENT, Role.FACILITATOR))
def keep_card(actor: Actor, person_id: str) -> None:
    """The safe-contact card: a parent her own; a facilitator that of a parent she accompanies."""
    _own_or_accompanied(actor, person_id)


@policy("outreach:contact:ask", roles=(Role.PARENT,), held=True)
def ask_for_contact(actor: Actor) -> None:
    """Every parent may ask to be contacted."""


@policy("outreach:contact:take_back", roles=(Role.PARENT,))
def take_back_contact(actor: Actor) -> None:
    """Every parent may say that she needs no contact any more; not whoever holds a paper that may be hers."""


@policy("outreach:notice:open", roles=(Role.PARENT, *GRANTED_ROLES), held=True)
def open_notice(actor: Actor, notice: Notice) -> None:
    """One's own."""
    if notice.person_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:notice:list", roles=(Role.PARENT, *GRANTED_ROLES), held=True)
def list_notices(actor: Actor) -> None:
    """Everybody has a list of their own."""


@policy("outreach:needs:own", roles=(Role.PARENT,))
def see_own_needs(actor: Actor) -> None:
    """Every parent has a wish of their own; staff have none here."""


@policy("outreach:push:have", roles=(Role.PARENT,))
def have_push(actor: Actor, sign_in: SignIn) -> None:
    """Notices on the phone one is signed in on, when nobody else uses it."""
    if sign_in.account.person_id != actor.person_id or not sign_in.own_phone or sign_in.ended_at:
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:push:end", roles=(Role.PARENT,), held=True)
def end_push(actor: Actor, sign_in: SignIn) -> None:
    """No more notices on the phone one is signed in on, whoever uses it."""
    if sign_in.account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:desk:see", roles=(Role.FACILITATOR,))
def see_desk(actor: Actor) -> None:
    """What stands on it follows from whom she accompanies or stands around."""


@policy("outreach:people:look_at", roles=(Role.FACILITATOR, Role.MODERATOR))
def look_at_people(actor: Actor) -> None:
    """Whom, says the rule of the page; this is who has such a page at all."""


@policy("outreach:person:open", roles=(Role.FACILITATOR,))
def open_person(actor: Actor, person: Person) -> None:
    """Of somebody whom one accompanies or, with their yes, stands around."""
    _in_company(actor, person.pk)


@policy("outreach:moment:write", roles=(Role.FACILITATOR,))
def write_moment(actor: Actor, person: Person) -> None:
    """About somebody whom one accompanies or, with their yes, stands around."""
    _in_company(actor, person.pk)


@policy("outreach:moment:correct", roles=(Role.FACILITATOR,))
def correct_moment(actor: Actor, moment: ContactMoment) -> None:
    """What one wrote oneself, about somebody who is still in one's company."""
    _in_company(actor, moment.person_id)
    if moment.by_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:moment:read", roles=(Role.PARENT, Role.FACILITATOR))
def read_moment(actor: Actor, moment: ContactMoment) -> None:
    """A parent those of their own that they may read; a facilitator all of a parent in her company."""
    if actor.person_id == moment.person_id:
        if not moment.parent_may_read:
            raise Refused(Reason.NOT_FOUND)
        return
    _in_company(actor, moment.person_id)


@policy("outreach:around:change", roles=(Role.FACILITATOR,))
def change_around(actor: Actor, person: Person) -> None:
    """Ask a parent in one's own company whether a colleague may stand around her. She decides."""
    _in_company(actor, person.pk)


@policy("outreach:around:answer", roles=(Role.PARENT,))
def answer_around(actor: Actor, around: Around) -> None:
    """Say yes, no or 'please leave': only who it is around, and only while it lasts."""
    if around.person_id != actor.person_id or around.ended_at is not None:
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:around:write_no", roles=(Role.FACILITATOR,))
def write_her_no(actor: Actor, around: Around) -> None:
    """Write down the no of a parent who cannot say it here herself: about who stands around her, or about oneself."""
    _in_company(actor, around.person_id)
    if around.ended_at is not None or has_account(around.person_id):
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:around:write_yes", roles=(Role.FACILITATOR,))
def ask_who_has_no_account(actor: Actor, around: Around) -> None:
    """Write down the yes of a parent whom one took over from a colleague who stopped: only who took over."""
    write_her_no.require(actor, around)
    if around.staff_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:around:hand_over", roles=(Role.FACILITATOR,))
def hand_over(actor: Actor, person: Person) -> None:
    """Say that one cannot go on as a parent's contact person: only who it is, and the parent chooses."""
    mine = Around.objects.filter(
        person=person, staff_id=actor.person_id, is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True
    )
    if not mine.exists():
        raise Refused(Reason.NOT_YOURS)


@policy("outreach:around:take_over", roles=(Role.COORDINATOR,))
def choose_who_takes_over(actor: Actor) -> None:
    """Put a colleague beside the parents whom nobody of the team knows any more: as a number, never by name."""


@policy("outreach:profile:keep", roles=(Role.FACILITATOR,))
def keep_profile(actor: Actor) -> None:
    """One's own languages and absences."""


@policy("outreach:leave:keep", roles=(Role.FACILITATOR,))
def keep_leave(actor: Actor, leave: Leave) -> None:
    """One's own."""
    if leave.staff_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:stand_in:name", roles=(Role.PARENT,))
def name_stand_in(actor: Actor, leave: Leave) -> None:
    """For an absence of one's own contact person, once it was told."""
    mine = Around.objects.filter(
        person_id=actor.person_id, staff_id=leave.staff_id, is_contact_person=True, ended_at__isnull=True
    )
    if leave.told_at is None or not mine.exists():
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:newcomer:add", roles=(Role.FACILITATOR,))
def add_newcomer(actor: Actor) -> None:
    """Every facilitator may come to know a parent who has no account; she then stands around them."""
