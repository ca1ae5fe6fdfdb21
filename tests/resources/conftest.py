"""A small portal in three languages: two guidance pages, three services, the real list of numbers."""

import pytest
from django.core.cache import cache
from django.db import transaction

from people.actor import PORTAL
from people.vocabulary import Role
from resources.actions.starter import load_starter

from .staff import signed_in

SITE = """
[home]
title = "Welkom {lang}"
lead = "Voor ouders."
under18 = "Jonger dan 18? Bel {{number}}."
expect_heading = "Wat je mag verwachten"
questions_heading = "Vragen"
call_heading = "Wie kan je bellen?"
[[home.doors]]
key = "worry"
name = "Ik maak me zorgen"
hint = "Om een kind"
[[home.expect]]
icon = "lock"
bold = "Wij delen niets."
text = "Nooit zomaar."
[topics.worry]
title = "Zorgen {lang}"
slug = "zorgen-{lang}"
summary = "Over zorgen."
[pages.about]
title = "Wie zijn wij {lang}"
slug = "over-{lang}"
summary = "Over ons."
[[pages.about.sections]]
heading = "Wie"
text = ["Wij."]
[privacy]
title = "Gegevens {lang}"
slug = "gegevens-{lang}"
summary = "Wat we bewaren."
[house_rules]
title = "Afspraken"
intro = "Lees ze."
rules = ["Geen namen."]
accept = "Ik doe mee."
"""

GUIDANCE = """
key = "child-left"
title = "Je kind is vertrokken {lang}"
slug = "vertrokken-{lang}"
summary = "Je kind is weg."
topic = "worry"
keep = "Laat de lijn open."
[[sections]]
heading = "De eerste uren"
text = ["Adem <b>rustig</b> in.", "Bel iemand."]
points = ["Ik hou van je."]
[[today]]
title = "Vraag iemand bij je"
text = "Zeg gewoon: kom."
[[call]]
service = "caw"
why = "Voor steun."
[[call]]
number = "106"
why = "Als je wil praten."
[[call]]
number = "0470 00 00 00"
why = "Dit nummer staat niet op de lijst."
[urgent]
title = "Net vertrokken?"
text = "Bel nu."
numbers = ["112", "101"]
"""

SERVICES = """
[[services]]
key = "nood-112"
name = "Noodnummer 112"
what_for = "Levensgevaar."
number = "112"
needs = ["danger", "violence"]
audience = ["parents"]
aliases = ["ambulance", "ziekenwagen"]
[[services]]
key = "caw"
name = "CAW"
explained = "hulp bij alle soorten problemen"
what_for = "Voor al je vragen."
for_whom = "Iedereen."
number = ""
needs = ["talk", "violence"]
audience = ["parents"]
broad_entrance = true
cost = ""
aliases = ["welzijnswerk"]
[[services]]
key = "awel"
name = "Awel"
what_for = "Luistert naar kinderen."
number = "102"
needs = ["child", "talk"]
audience = ["minors"]
without_name = true
anonymous = "Ja."
"""


@pytest.fixture(scope="module")
def starter_folder(tmp_path_factory):
    """Dutch and Arabic whole; French without guidance, to see what a page does that is not there yet."""
    root = tmp_path_factory.mktemp("starter")
    for lang in ("nl", "fr", "ar"):
        folder = root / lang
        (folder / "guidance").mkdir(parents=True)
        (folder / "site.toml").write_text(SITE.format(lang=lang), "utf-8")
        (folder / "services.toml").write_text(SERVICES, "utf-8")
        if lang != "fr":
            (folder / "guidance" / "child-left.toml").write_text(GUIDANCE.format(lang=lang), "utf-8")
    return root


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker, starter_folder):
    """Everything published, still with the badge: once a module, and put back after each test."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        load_starter(by=PORTAL, publish=True, folder=starter_folder)
        yield starter_folder
        transaction.set_rollback(True)


@pytest.fixture
def loaded(published, db):
    cache.clear()
    yield published
    cache.clear()


@pytest.fixture
def editor(loaded):
    return signed_in(Role.EDITOR)
