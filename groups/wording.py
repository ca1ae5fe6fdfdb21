"""Sentences that depend on people: who reads, and what becomes of one's own message. Times are for templates."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from moderation.screening import screen
from moderation.vocabulary import reason_in_words
from outreach.staffed import Reading
from people.direction import in_own_direction

from .models import Facilitation, Message
from .queries import Circle
from .vocabulary import MessageStatus


@dataclass(frozen=True)
class Own:
    """One's own message in one's own strip: its state in words, and what one can do."""

    message: Message
    state: str
    reading: Reading
    note_by: str
    needs: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Without its full stop, and in a direction of its own: it stands inside a sentence of another language."""
        words = reason_in_words(self.message.reason_key, self.message.reason).rstrip(" .")
        return in_own_direction(words)

    @property
    def kind_word(self) -> str:
        """What a person of the team wrote to the author. Beside a ready-made reason their words stand here."""
        is_ready_made = reason_in_words(self.message.reason_key) != ""
        return self.message.reason if is_ready_made else self.message.note

    @property
    def may_change(self) -> bool:
        return self.message.status == MessageStatus.RETURNED

    @property
    def may_take_back(self) -> bool:
        return self.message.status in (MessageStatus.HELD, MessageStatus.RETURNED, MessageStatus.DECLINED)


def own(message: Message, circle: Circle, reading: Reading) -> Own:
    state = message.status
    if state == MessageStatus.HELD and reading.about is None:
        state = "held_sometime"
    elif state == MessageStatus.HELD and not reading.open_now:
        state = "held_closed"
    needs = screen(message.text, message.language).needs if message.status == MessageStatus.HELD else ()
    return Own(message, state, reading, _who(message.decided_by_id, circle), tuple(needs))


def _who(person_id: str, circle: Circle) -> str:
    voice = circle.voice_of(person_id)
    return voice.name if voice.is_team else pgettext("role.staff", "someone from the team")


def readers(circle: Circle) -> str:
    """Who reads what is written here: people and their houses, the moderator on duty included."""
    if not circle.present_team:
        return pgettext("readers.nobody", "The parents of this group and whoever is reading today. Nobody else.")
    return pgettext(
        "readers.who", "The parents of this group, the team ({names}) and whoever is reading today. Nobody else."
    ).format(names=pgettext("list.separator", ", ").join(_named(one) for one in circle.present_team))


def _named(one: Facilitation) -> str:
    person, organisation = one.person, one.person.organisation
    name = in_own_direction(person.name)
    if organisation is None:
        return name
    works_for = in_own_direction(organisation.name)
    if organisation.professional_secrecy:
        return pgettext("readers.one.secrecy", "{name}, {organisation}, professional secrecy").format(
            name=name, organisation=works_for
        )
    return pgettext("readers.one", "{name}, {organisation}").format(name=name, organisation=works_for)
