"""The two papers after a leak: the list of whom it hit, and a draft of the notice to the authority (GDPR, article 33).

The list holds no name and no address: it says where the team finds each person, and how this person wants to be
reached. What only people know stays open in the draft, marked […].
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as pl

from outreach.facts import Facts, facts_of
from outreach.vocabulary import Channel, Kind
from people.models import Person

from .hit import Leak

HOURS_TO_TELL = timedelta(hours=72)
BATCH = 1000
HEADINGS = ("person", "who", "language", "rhythm", "way", "contact_person", "page")

WHAT_HAPPENED = {
    "everything": pl("leak.everything", "Someone had a copy of all data, or a backup with its key."),
    "staff": pl("leak.staff", "Someone was in the account of a member of staff."),
    "parent": pl("leak.parent", "Someone was in the account of a parent."),
    "group": pl("leak.group", "Someone could read what stands in a group."),
}
SIGNED = pl("leak.data.signed", "that they have an account here, and their language")
CHOSEN = pl("leak.data.chosen", "names chosen in a group, and which group that is")
WORDS = pl("leak.data.words", "messages, subjects and reasons")
WISHES = pl("leak.data.wishes", "how they want contact, hard days, who is around them")
CARDS = pl("leak.data.cards", "telephone numbers and addresses to reach them safely")
NOTES = pl("leak.data.notes", "short notes of contacts, names that the team uses")
ACCOUNTS = pl("leak.data.accounts", "sign-in names, e-mail addresses, passwords in a form that is hard to guess")
DATA = {
    "everything": (SIGNED, CHOSEN, WORDS, WISHES, CARDS, NOTES, ACCOUNTS),
    "staff": (SIGNED, CHOSEN, WORDS, WISHES, CARDS, NOTES),
    "parent": (CHOSEN, WORDS, pl("leak.data.own", "of the parent herself or himself: everything on the own pages")),
    "group": (CHOSEN, WORDS),
}


@dataclass(frozen=True)
class Papers:
    people: str
    notice: str
    parents: int
    staff: int


def papers(leak: Leak, hit: set[str], *, noticed_at: datetime, language: str) -> Papers:
    """Both papers, the notice in this language."""
    staff = set(Person.objects.filter(pk__in=hit, is_staff=True).values_list("pk", flat=True))
    with translation.override(language):
        notice = _notice(leak, len(hit - staff), len(staff), noticed_at)
    return Papers(_people(hit, staff, noticed_at), notice, len(hit - staff), len(staff))


def _people(hit: set[str], staff: set[str], now: datetime) -> str:
    """One line a person, parents first; a file for a spreadsheet."""
    paper = io.StringIO()
    lines = csv.writer(paper)
    lines.writerow(HEADINGS)
    ids = sorted(hit, key=lambda one: (one in staff, one))
    for start in range(0, len(ids), BATCH):
        known = facts_of(ids[start : start + BATCH], now)
        for who in ids[start : start + BATCH]:
            if who in known:
                lines.writerow(_line(known[who], is_staff=who in staff, now=now))
    return paper.getvalue()


def _line(person: Facts, *, is_staff: bool, now: datetime) -> tuple[str, ...]:
    if is_staff:
        return (person.person_id, "staff", person.language, "", "", "", "")
    needs = person.needs
    ways = [way for way in needs.ways_for(Kind.WORDS) if way in needs.reachable]
    page = settings.BASE_URL + reverse("work:outreach_person", args=[person.person_id])
    way = ways[0] if ways else Channel.IN_APP
    rhythm = needs.rhythm_at(now)
    return (person.person_id, "parent", person.language, rhythm.value, way.value, needs.contact_person, page)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")


def _notice(leak: Leak, parents: int, staff: int, noticed_at: datetime) -> str:
    fill_in = pgettext("leak.fill_in", "[to fill in]")
    said = [
        "# " + pgettext("leak.title", "Draft: notice of a leak of personal data (GDPR, article 33)"),
        pgettext("leak.by_when", "Noticed: %(noticed)s. The authority is told before %(until)s.")
        % {"noticed": _moment(noticed_at), "until": _moment(noticed_at + HOURS_TO_TELL)},
        "## " + pgettext("leak.happened", "What happened"),
        f"{WHAT_HAPPENED[leak.kind]} {fill_in}",
        pgettext("leak.period", "It could be read from %(since)s to %(until)s.")
        % {"since": _moment(leak.since), "until": _moment(leak.until)},
        "## " + pgettext("leak.whose", "Whose data"),
        pgettext("leak.count", "Parents: %(parents)s. Staff: %(staff)s. The list stands beside this draft.")
        % {"parents": parents, "staff": staff},
        "## " + pgettext("leak.what", "What data"),
        "\n".join(f"- {data}" for data in DATA[leak.kind]),
        pgettext(
            "leak.sensitive",
            "Being here at all can tell what a family lives through: faith, health, or a trial (articles 9 and 10).",
        ),
        "## " + pgettext("leak.follows", "What can follow"),
        pgettext(
            "leak.follows.text",
            "Others may learn that a family is here. People may be shamed, pressed or sought out. Trust may break.",
        )
        + f" {fill_in}",
        "## " + pgettext("leak.done", "What was done"),
        pgettext("leak.done.hint", "Accounts shut, sign-ins ended, keys changed, people told: when and by whom.")
        + f" {fill_in}",
        "## " + pgettext("leak.tell", "Telling the people themselves"),
        pgettext(
            "leak.tell.text",
            "The risk is high, so each of them is told (article 34): in the own language, the own way, by someone they "
            "know. Who wants quiet is told by the contact person.",
        ),
        "## " + pgettext("leak.contact", "Who answers questions"),
        fill_in,
    ]
    return "\n\n".join(said) + "\n"
