"""Where one is on the way in, as the stepper shows it."""

from dataclasses import dataclass

from django.utils.translation import pgettext


@dataclass(frozen=True)
class Step:
    title: str
    done: bool
    current: bool


def steps_of(now: int) -> list[Step]:
    titles = (
        pgettext("invite.step", "Invitation"),
        pgettext("invite.step", "Your phone"),
        pgettext("invite.step", "Your name here"),
    )
    return [Step(title, at < now, at == now) for at, title in enumerate(titles, 1)]
