"""What was taken away, taken back, or is of someone kept apart is gone for who may no longer read it (G14)."""

from django.urls import reverse
from django.utils import translation

from groups import live
from groups.actions import decisions, messages
from groups.models import Message
from groups.vocabulary import PAGE, PAGE_LIMIT

from .conftest import actor
from .test_entering import mark
from .test_reading import fill

COUNT = 100
DOORS = ("pages", "polls", "their own pages", "open page, caught up", "open page, changed")


def at(name, *ids):
    with translation.override("nl"):
        return reverse(name, args=ids)


def doors(browser, place, rows, reader) -> dict[str, list[str]]:
    """Every way in which another member could meet the words of these messages: for each, what came of it."""
    page, later = at("groups:conversation", place.pk), at("groups:later", place.pk)
    steps = range(0, COUNT, PAGE)
    pages = "".join(browser.get(f"{page}?before={step + PAGE + 1}").content.decode() for step in steps)
    polls = "".join(browser.get(f"{later}?after={step}").content.decode() for step in steps)
    pushed = "".join(shown(live.since(place.pk, step), place, reader) for step in range(0, COUNT, PAGE_LIMIT))
    return {
        "pages": [pages] * len(rows),
        "polls": [polls] * len(rows),
        "their own pages": [browser.get(at("groups:message", row.pk)).content.decode() for row in rows],
        "open page, caught up": [pushed] * len(rows),
        "open page, changed": [shown(live.since(place.pk, 0, row.pk), place, reader) for row in rows],
    }


def met(found: dict[str, list[str]], rows) -> dict[str, int]:
    """At each door, how many of the messages were met there."""
    return {
        door: sum(_word(row) in text for row, text in zip(rows, texts, strict=True)) for door, texts in found.items()
    }


def shown(items, place, reader) -> str:
    """What the hub would push to this reader of these items."""
    hidden = live.hides(place.pk, [actor(reader)], items).get(reader.pk, set())
    lines = live.render(items, "nl", "readers") if items else []
    return "".join(line for item, line in zip(items, lines, strict=True) if item.thing.author_id not in hidden)


def test_what_may_no_longer_be_read_is_gone_in_five_hundred_of_five_hundred_tries(world, site):  # G14
    amina, els, nour = (world.joins(name) for name in ("Amina", "Els", "Nour"))
    place = world.conversation()
    fill(place, els, COUNT)
    rows = list(Message.objects.filter(conversation=place).order_by("sequence"))
    for row in rows:
        author = nour if row.sequence % 3 == 0 else els
        Message.objects.filter(pk=row.pk).update(text=f"Kanarie{row.sequence:03d}q", author=author)
    browser, some = site(amina), rows[:5]
    assert met(doors(browser, place, some, amina), some) == dict.fromkeys(DOORS, len(some))
    for row in Message.objects.filter(conversation=place).order_by("sequence"):
        if row.sequence % 3 == 1:
            decisions.remove_message(message=row, by=actor(world.sofie), because="Zo gevraagd.")
        elif row.sequence % 3 == 2:
            messages.withdraw_message(message=row, by=actor(els))
    mark(amina, nour)
    found = doors(browser, place, rows, amina)
    assert sum(len(texts) for texts in found.values()) == 500
    assert met(found, rows) == dict.fromkeys(DOORS, 0)


def _word(message: Message) -> str:
    return f"Kanarie{message.sequence:03d}q"
