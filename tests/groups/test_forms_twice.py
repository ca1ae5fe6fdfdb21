"""A form that comes twice, from a double tap or a bad line, makes one thing; other words with its key make another."""

from datetime import date

from django.urls import reverse

from groups.actions import conversations
from groups.actions import groups as group_actions
from groups.models import Conversation, Group
from groups.vocabulary import ConversationKind, Programme
from outreach.actions import rounds
from outreach.models import Round
from outreach.models.occasion import Occasion, OccasionKind

from .conftest import NOON, actor

KEY = "form-of-sofie"


def test_one_conversation(world):
    def start(subject="Thuis", by=world.sofie, group=world.ouders, key=KEY):
        return conversations.start_conversation(group=group, subject=subject, key=key, by=actor(by), now=NOON)

    assert start() == start()
    others = [start("Werk"), start(by=world.youssef, group=world.vaders), start(key=""), start(key="")]
    assert Conversation.objects.filter(kind=ConversationKind.CONVERSATION).count() == 1 + len(others)


def test_one_group_with_one_place_for_announcements(world):
    def make(name):
        return group_actions.make_group(
            name=name, programme=Programme.DEPARTED, form_key=KEY, by=actor(world.marc), now=NOON
        )

    assert make("Zussen") == make("Zussen")
    assert make("Broers") != make("Zussen")
    assert Group.objects.count() == 4
    assert Conversation.objects.filter(kind=ConversationKind.ANNOUNCEMENTS).count() == 4


def test_one_round_for_the_same_people(world):
    world.joins("Ster")

    def start(title):
        return rounds.start_round(
            kind=OccasionKind.TRIAL, day=date(2026, 11, 4), title=title, key=KEY, by=actor(world.sofie), now=NOON
        )

    assert start("Zitting") == start("Zitting")
    assert start("Uitspraak") != start("Zitting")
    assert (Round.objects.count(), Occasion.objects.count()) == (2, 2)


def test_each_of_these_pages_gives_its_form_a_key_and_sends_it_on(world, site):
    world.joins("Ster")
    for person, address, filled, made in (
        (world.marc, reverse("work:group_make"), {"name": "Zussen", "programme": Programme.DEPARTED}, Group),
        (world.sofie, reverse("work:group_start", args=[world.ouders.pk]), {"subject": "Thuis"}, Conversation),
        (world.sofie, reverse("work:round_start"), {"kind": OccasionKind.TRIAL, "title": "Zitting"}, Round),
    ):
        browser, before = site(person), made.objects.count()
        form = browser.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value()} | filled
        assert len(data["key"]) == 22
        there = [browser.post(address, data)["Location"] for _ in range(2)]
        assert (there[0], made.objects.count()) == (there[1], before + 1)
