"""Who may keep the public texts. Reading them needs no policy: they are for everyone."""

from people.actor import Actor
from people.policy import policy
from people.vocabulary import Role


@policy("resources:cms:enter", roles=(Role.EDITOR,))
def enter_cms(actor: Actor) -> None:
    """Editors. The role is enough: nothing behind this door belongs to a person."""


@policy("resources:starter:load", roles=(Role.EDITOR, Role.TECHNICAL_ADMINISTRATOR))
def load_starter_texts(actor: Actor) -> None:
    """Those who set an installation up, or keep its texts."""


@policy("resources:texts:publish_due", roles=())
def publish_due_texts(actor: Actor) -> None:
    """Only the portal itself, when a date has come."""
