"""Words of the team to a parent: written by who accompanies or stands around her, read by her and by who wrote them."""

from people.actor import Actor
from people.policy import Refused, policy
from people.queries import has_account
from people.vocabulary import Reason, Role

from .company import company_of
from .models import StaffWord


@policy("outreach:word:write", roles=(Role.FACILITATOR,))
def write_word(actor: Actor, person_id: str) -> None:
    """To a parent in one’s company who can sign in and read it; whether it goes, the wish says."""
    if person_id not in company_of(actor.person_id):
        raise Refused(Reason.NOT_YOURS)
    if not has_account(person_id):
        raise Refused(Reason.NOT_OPEN_NOW)


@policy("outreach:word:read", roles=(Role.PARENT,))
def read_word(actor: Actor, word: StaffWord) -> None:
    """Those written to oneself."""
    if word.person_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)


@policy("outreach:word:look_back", roles=(Role.FACILITATOR,))
def look_back(actor: Actor, word: StaffWord) -> None:
    """What one wrote oneself, while the parent is in one’s company."""
    if word.by_id != actor.person_id or word.person_id not in company_of(actor.person_id):
        raise Refused(Reason.NOT_YOURS)
