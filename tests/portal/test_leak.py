"""G42, the drill: the list of whom a leak hit is whole and tells no more than it must; the draft holds the facts."""

import csv
import io
import stat
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from audit.record import looked
from audit.vocabulary import Look
from groups.actions import facilitation, membership
from outreach.actions.needs import set_needs
from outreach.vocabulary import Channel
from people.models import Account, Person, RoleGrant
from people.vocabulary import Rhythm
from portal.leaks.hit import KINDS, Leak, hit_by
from portal.leaks.papers import DATA, WHAT_HAPPENED, papers
from tests.groups.conftest import NOON, actor, build

DAY = timedelta(days=1)


@pytest.fixture
def town(db):
    """Two groups with two parents each, made at noon."""
    world = build()
    for name, group in (("Ster", world.ouders), ("Boom", world.ouders), ("Zee", world.vaders), ("Berg", world.vaders)):
        world.joins(name, group)
    return world


def hit(kind: str, whose: str = "", *, since=NOON, until=NOON + DAY) -> set[str]:
    return hit_by(Leak(kind, since, until, whose))


def ids(town, *names: str) -> set[str]:
    return {town.parents[name].pk if name in town.parents else getattr(town, name).pk for name in names}


def test_a_copy_of_everything_hits_everyone(town):
    assert hit("everything") == set(Person.objects.values_list("pk", flat=True))


def test_the_account_of_a_facilitator_hits_whom_she_accompanied_then(town):
    assert hit("staff", town.sofie.pk) == ids(town, "sofie", "Ster", "Boom")


def test_who_left_before_is_hit_because_the_words_stay(town):
    membership.leave_group(group=town.ouders, by=actor(town.parents["Ster"]), now=NOON)
    assert hit("staff", town.sofie.pk, since=NOON + DAY, until=NOON + 2 * DAY) == ids(town, "sofie", "Ster", "Boom")


def test_who_accompanied_only_before_or_after_reaches_nobody(town):
    facilitation.withdraw_facilitator(
        facilitation=town.ouders.facilitations.get(), by=actor(town.marc), now=NOON + timedelta(hours=1)
    )
    assert hit("staff", town.sofie.pk) == ids(town, "sofie", "Ster", "Boom")
    assert hit("staff", town.sofie.pk, since=NOON + DAY, until=NOON + 2 * DAY) == ids(town, "sofie")
    assert hit("staff", town.sofie.pk, since=NOON - 2 * DAY, until=NOON - DAY) == ids(town, "sofie")


def test_who_was_looked_at_is_hit_whoever_accompanies_them(town):
    looked(staff_id=town.sofie.pk, person_ids=ids(town, "Zee"), purpose=Look.HOUSEHOLD, shown=False, now=NOON)
    assert hit("staff", town.sofie.pk, since=NOON + timedelta(minutes=10)) == ids(town, "sofie", "Ster", "Boom", "Zee")
    assert "Zee" not in hit("staff", town.sofie.pk, since=NOON + timedelta(hours=1))


def test_the_moderator_on_duty_read_along_everywhere(town):
    everywhere = ids(town, "youssef", "Ster", "Boom", "Zee", "Berg")
    assert hit("staff", town.youssef.pk) == everywhere
    RoleGrant.objects.filter(person=town.youssef, role="moderator").update(
        withdrawn_at=NOON, withdrawn_by_id=town.marc.pk
    )
    assert hit("staff", town.youssef.pk, since=NOON + DAY, until=NOON + 2 * DAY) == ids(town, "youssef", "Zee", "Berg")


def test_the_account_of_a_parent_hits_the_groups_she_was_in(town):
    assert hit("parent", town.parents["Ster"].pk) == ids(town, "Ster", "Boom", "sofie")
    waiting = town.applies("Maan", town.vaders).person
    assert hit("parent", waiting.pk) == {waiting.pk}  # at the door nothing of the group is open


def test_what_stands_in_a_group_hits_its_people(town):
    assert hit("group", town.vaders.pk) == ids(town, "Zee", "Berg", "youssef")


def test_every_kind_has_words_and_data():
    assert KINDS.keys() == WHAT_HAPPENED.keys() == DATA.keys()


def told(town, **more):
    leak = Leak("staff", NOON, NOON + DAY, town.sofie.pk)
    return papers(leak, hit_by(leak), noticed_at=NOON + DAY, **{"language": "nl"} | more)


def test_the_list_says_how_each_wants_to_be_reached_and_names_nobody(town):
    ster = town.parents["Ster"]
    Account.objects.filter(person=ster).update(email="ster@example.org")
    Person.objects.filter(pk=ster.pk).update(name="Amina B.")
    set_needs(person_id=ster.pk, by=actor(ster), rhythm=Rhythm.OFTEN, channels=(Channel.EMAIL,), now=NOON)
    written = told(town)
    lines = {line["person"]: line for line in csv.DictReader(io.StringIO(written.people))}
    assert lines.keys() == ids(town, "sofie", "Ster", "Boom")
    assert (lines[ster.pk]["way"], lines[ster.pk]["rhythm"]) == ("email", "often")
    assert lines[ster.pk]["page"].endswith(f"/work/outreach/{ster.pk}/")
    assert lines[town.parents["Boom"].pk]["way"] == "in_app"
    assert (written.parents, written.staff) == (2, 1)
    for secret in ("Ster", "Boom", "Amina", "ster@example.org"):
        assert secret not in written.people + written.notice


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_the_draft_says_until_when_how_many_and_what(town, language):
    notice = told(town, language=language).notice
    assert notice.count("\n## ") == 7
    assert "%(" not in notice
    assert notice.count("\n- ") == len(DATA["staff"])


def test_the_command_writes_for_its_owner_only_and_the_history_knows(town, settings, tmp_path, capsys):
    settings.DATA = tmp_path
    call_command("leak", "parent", town.parents["Ster"].account.sign_in_name, "--since=2026-11-03T00:00")
    (folder,) = (tmp_path / "leaks").iterdir()
    assert "2 parents, 1 of the staff" in capsys.readouterr().out
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("people.csv", "notice.md"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    entry = AuditEntry.objects.get(kind="portal.leak.listed")
    assert (entry.subject_id, entry.details) == ("parent", {"people": 3})


@pytest.mark.parametrize(
    ("given", "since"),
    [(("parent", "nobody"), "2026-11-03"), (("group",), "2026-11-03T00:00"), (("everything",), "tomorrow"),
     (("everything",), "2099-01-01T00:00")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing(town, settings, tmp_path, given, since):
    settings.DATA = tmp_path
    with pytest.raises(CommandError):
        call_command("leak", *given, f"--since={since}")
    assert not (tmp_path / "leaks").exists()
