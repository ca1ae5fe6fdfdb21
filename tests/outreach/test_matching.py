"""The two who are proposed: what is asked is weighed or obeyed, limits hold, and who is left out leaves no trace."""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from outreach.actions import around as acts
from outreach.actions.profile import say_of_oneself
from outreach.desk import desk_of
from outreach.matching import Asked, two_for
from outreach.models import Around, Notice, Place, StaffProfile, Task
from outreach.models.staff_profile import DayPart, Gender, Theme
from outreach.vocabulary import Channel, Purpose
from people.actions import keep_apart
from people.actor import PORTAL
from people.models import Household, HouseholdMember, RoleGrant
from people.policy import Refused

from .company import (
    ask,
    asked_for_contact,
    can_be_called,
    colleague,
    facilitator,
    household,
    named,
    says,
    stands_around,
    text_of,
)
from .conftest import BEFORE, NOON, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]
LANGUAGES = ["nl", "fr", "en", "ar", "tr"]


@pytest.fixture
def amina(db):
    return named("Amina", 1)


def woman(name: str, **said):
    return says(colleague(name), gender="woman", **said)


def man(name: str, **said):
    return says(colleague(name), gender="man", **said)


def proposed(parent, **asked) -> list[str]:
    return [one.name for one in two_for(parent.pk, Asked(**asked)).matches]


def asks(rf, parent, language="en", **given):
    return ask(rf, actor(parent), "my:around_choose", given, language=language)


def without_nonces(answer) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|data-token|nonce)="[^"]*"', "", answer.content.decode())


# --- what is asked ----------------------------------------------------------------------------------


def test_a_gender_that_is_asked_for_is_obeyed_before_everything_else(amina):
    man("Bram", languages=["nl"], themes=["left"])
    man("Cem")
    hanne = woman("Hanne")
    type(hanne).objects.filter(pk=hanne.pk).update(language="tr")
    colleague("Zoë")  # did not say
    assert proposed(amina, gender="woman") == ["Hanne"]
    assert proposed(amina, gender="man") == ["Bram", "Cem"]
    assert two_for(amina.pk, Asked(gender="woman")).obeyed


def test_without_a_question_nobody_is_preferred_for_what_she_or_he_is(amina):
    woman("Hanne", themes=["left"], hours=["evening"])
    man("Bram")
    assert proposed(amina) == ["Bram", "Hanne"]
    said = " ".join(reason for one in two_for(amina.pk).matches for reason in one.reasons)
    assert said == "Spreekt jouw taal. Heeft tijd voor jou. Spreekt jouw taal. Heeft tijd voor jou."


def test_the_language_then_the_theme_then_the_hours(amina):
    speaks, theme, hours = colleague("Ada"), colleague("Bea", "tr"), colleague("Cem", "tr")
    says(theme, themes=["left"])
    says(hours, hours=["evening"])
    assert proposed(amina, theme="left", hours="evening") == ["Ada", "Bea"]
    says(speaks, hours=["evening"])
    says(hours, languages=["nl"], hours=["evening"])
    assert proposed(amina, hours="evening") == ["Ada", "Cem"]
    says(hours, languages=["nl"], themes=["left"])
    assert proposed(amina, theme="left", hours="evening") == ["Cem", "Ada"]


@pytest.mark.parametrize("theme", Theme.values)
@pytest.mark.parametrize("hours", DayPart.values)
def test_each_theme_and_part_of_the_day_is_weighed_and_said(amina, theme, hours):
    colleague("Ada")
    colleague("Bea")
    says(colleague("Zoë"), themes=[theme], hours=[hours])
    best = two_for(amina.pk, Asked(theme=theme, hours=hours)).matches[0]
    assert best.name == "Zoë"
    assert len(best.reasons) == 4


def test_the_lighter_load_against_ones_own_limit_comes_first(amina):
    small, large = says(colleague("Ada"), most_families=2), says(colleague("Bea"), most_families=20)
    for number in range(2, 5):
        parent = named("X", number)
        stands_around(large, parent)
    stands_around(small, named("Y", 9))
    assert proposed(amina) == ["Bea", "Ada"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_asks_with_a_tap_reads_why_and_chooses(amina, rf, language):
    hanne = woman("Hanne", themes=["died"], hours=["weekend"])
    man("Bram")
    given = {"gender": "woman", "theme": "died", "hours": "weekend"}
    page = asks(rf, amina, language, **given)
    assert page.status_code == 200
    assert "Hanne" in text_of(page)
    assert "Bram" not in text_of(page)
    if language == "en":
        said = "Is a woman, as you asked. Knows this well: a child who died. Can be reached in the weekend."
        assert said in text_of(page)
    for name, value in given.items():
        assert f'type="hidden" name="{name}" value="{value}"' in page.content.decode()
    assert not Around.objects.exists()
    assert asks(rf, amina, language, **given, choice="1", staff=hanne.pk).status_code == 302
    assert Around.objects.get(is_contact_person=True).staff_id == hanne.pk


def test_none_of_it_has_to_be_said(amina, rf):
    for name in ("Bram", "Hanne"):
        colleague(name)
    for page in (asks(rf, amina), ask(rf, actor(amina), "my:around_choose", language="en")):
        assert page.status_code == 200
        assert "Bram" in text_of(page)
        assert "Hanne" in text_of(page)


@pytest.mark.parametrize("field", ["gender", "theme", "hours"])
@pytest.mark.parametrize("wrong", ["x", "\x00", "woman man", "9" * 400])
def test_what_is_no_choice_counts_as_not_said(amina, rf, field, wrong):
    colleague("Bram")
    page = asks(rf, amina, **{field: wrong})
    assert page.status_code == 200
    assert "Bram" in text_of(page)


def test_only_those_who_were_proposed_for_what_was_asked_can_be_chosen(amina, rf):
    bram, _ = man("Bram"), woman("Hanne")
    assert asks(rf, amina, gender="woman", choice="1", staff=bram.pk).status_code == 422
    assert not Around.objects.exists()


def test_nothing_of_what_she_asked_is_kept_anywhere(amina, rf):
    hanne = woman("Hanne")
    StaffProfile.objects.all().delete()
    given = {"gender": "woman", "theme": "arrested", "hours": "evening"}
    asks(rf, amina, **given)
    asks(rf, amina, **given, choice="1", staff=hanne.pk)
    assert Around.objects.filter(staff=hanne).exists()
    for model in apps.get_models():
        for row in model.objects.all() if model._meta.app_label in ("outreach", "people", "audit", "sessions") else ():
            said = " ".join(str(value) for value in vars(row).values())
            assert "arrested" not in said
            assert "woman" not in said


# --- nobody is there right now ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gender", Gender.values)
def test_when_nobody_of_that_gender_is_there_it_is_said_kindly_with_who_is(amina, rf, gender, language):
    (man if gender == "woman" else woman)("Bram")
    colleague("Zoë")
    two = two_for(amina.pk, Asked(gender=gender))
    assert not two.obeyed
    assert [one.name for one in two.matches] == ["Bram", "Zoë"]
    page = text_of(asks(rf, amina, language, gender=gender))
    assert "Bram" in page
    if language == "en":
        assert f"No {gender} of the team can be proposed to you right now." in page
        assert "These could be there for you now." in page
        assert "as you asked" not in page


def test_when_nobody_at_all_is_there_she_is_led_on(amina, rf):
    assert "then we look together" in text_of(asks(rf, amina, gender="woman"))


# --- no trace ---------------------------------------------------------------------------------------


def hide_by_mark(amina, staff):
    keep_apart.mark(one=amina.pk, other=staff.pk, because="Spanning.", by=PORTAL, now=NOON)


def hide_by_limit(amina, staff):
    say_of_oneself(by=facilitator(staff), gender="woman", most_families=1)
    stands_around(staff, named("Els", 7))


def hide_by_role(amina, staff):
    RoleGrant.objects.filter(person=staff).update(withdrawn_at=NOON, withdrawn_by_id="x")


def hide_by_household(amina, staff):
    HouseholdMember.objects.create(household=Household.objects.get(), person=staff)


def hide_by_conflict(amina, staff):
    els = named("Els", 7)
    stands_around(staff, els)
    keep_apart.mark(one=amina.pk, other=els.pk, because="Spanning.", by=PORTAL, now=NOON)


@pytest.mark.parametrize("asked", [{}, {"gender": "woman"}, {"gender": "man", "theme": "left"}, {"hours": "evening"}])
@pytest.mark.parametrize("hide", [hide_by_mark, hide_by_limit, hide_by_household, hide_by_conflict])
def test_why_somebody_is_not_proposed_cannot_be_told_from_page_or_work(amina, rf, hide, asked):
    """The page and the statements are those of a team in which this colleague is no facilitator at all."""
    staff = woman("Hanne", themes=["left"], hours=["evening"])
    man("Bram")
    if hide is hide_by_household:  # a household is one statement more for everyone in it, whoever that is
        household(amina, named("Karim", 8))
    seen = []
    for way in (hide, hide_by_role):
        with transaction.atomic():
            way(amina, staff)
            with CaptureQueriesContext(connection) as work:
                page = asks(rf, amina, **asked)
            seen.append((without_nonces(page), page.status_code, len(work)))
            transaction.set_rollback(True)
    assert "Hanne" not in seen[0][0]
    assert seen[0] == seen[1]


def test_who_is_hidden_cannot_be_chosen_by_an_id_either(amina, rf):
    staff = woman("Hanne")
    colleague("Bram")
    hide_by_mark(amina, staff)
    said = [asks(rf, amina, choice="1", staff=one) for one in (staff.pk, "A" * 22)]
    assert [one.status_code for one in said] == [422, 422]
    assert without_nonces(said[0]) == without_nonces(said[1])


# --- without a word ---------------------------------------------------------------------------------


def let_go_of(amina, sofie, how, hanne):
    if how == "chose another":
        acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON)
    else:
        acts.let_go(around=Around.objects.get(person=amina, is_contact_person=True), by=actor(amina), now=NOON)


@pytest.mark.parametrize("how", ["chose another", "please leave"])
def test_the_one_let_go_of_hears_nothing_and_finds_nothing_that_says_why(amina, rf, how):
    sofie, hanne = colleague("Sofie"), woman("Hanne")
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(amina), now=BEFORE)
    before = AuditEntry.objects.count()
    let_go_of(amina, sofie, how, hanne)
    assert not Notice.objects.filter(person_id__in=[sofie.pk, hanne.pk]).exists()
    assert not Task.objects.exists()
    assert "Amina" not in text_of(ask(rf, facilitator(sofie), "work:outreach"))
    for name in ("work:outreach_person", "work:outreach_around"):
        reasons = []
        for parent_id in (amina.pk, "A" * 22):
            with pytest.raises(Refused) as refusal:
                ask(rf, facilitator(sofie), name, parent_id=parent_id)
            reasons.append((refusal.value.is_hidden, str(refusal.value.sentence), refusal.value.facts))
        assert reasons[0] == reasons[1]
    for entry in AuditEntry.objects.order_by("pk")[before:]:
        assert entry.because == ""


@pytest.mark.parametrize(("how", "to"), [("chose another", "Hanne"), ("please leave", "")])
def test_what_she_waits_for_goes_on_with_the_next_one_and_never_gets_lost(amina, how, to):
    sofie, hanne = colleague("Sofie"), colleague("Hanne")
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(amina), now=BEFORE)
    can_be_called(amina)
    asked_for_contact(amina)
    Task.objects.update(for_id=sofie.pk)
    let_go_of(amina, sofie, how, hanne)
    assert Task.objects.get().for_id == (hanne.pk if to else "")
    if to:
        wanted = desk_of(facilitator(hanne), NOON).wanted
        assert [(one.who.name, one.purpose, one.way) for one in wanted] == [
            ("Amina", Purpose.CONTACT_ASKED, Channel.CALL)
        ]


def test_what_was_done_stays_with_who_did_it(amina):
    sofie, hanne = colleague("Sofie"), colleague("Hanne")
    acts.choose_contact_person(staff_id=sofie.pk, by=actor(amina), now=BEFORE)
    can_be_called(amina)
    asked_for_contact(amina)
    Task.objects.update(for_id=sofie.pk, done_at=NOON, done_by_id=sofie.pk)
    let_go_of(amina, sofie, "chose another", hanne)
    assert Task.objects.get().for_id == sofie.pk


def test_no_parent_reads_what_she_did_not_ask_for(amina, rf):
    woman("Hanne", themes=["died"], hours=["weekend"], most_families=7)
    page = asks(rf, amina, hours="evening").content.decode().partition('class="choices"')[2].partition("</fieldset>")[0]
    for word in ("woman", "died", "weekend", "7 "):
        assert word not in page


def test_nobody_is_proposed_whom_a_full_house_would_refuse(amina):
    """A refusal after a proposal would tell her that somebody else of her house is here, too."""
    bram = named("Bram", 2)
    household(amina, bram, cap=2)
    ada, bea, cem = colleague("Ada"), colleague("Bea"), colleague("Cem")
    for staff in (ada, bea):
        stands_around(staff, bram)
    assert proposed(amina) == ["Ada", "Bea"]
    acts.choose_contact_person(staff_id=ada.pk, by=actor(amina), now=NOON)
    assert proposed(amina) == ["Bea"]
    acts.choose_contact_person(staff_id=bea.pk, by=actor(amina), now=NOON)
    assert proposed(amina) == []  # she let Ada go, and Cem would be one too many
    Around.objects.get(person=bram, staff=ada).delete()
    Place.objects.get(staff=ada).delete()
    assert proposed(amina) == ["Cem"]
    acts.choose_contact_person(staff_id=cem.pk, by=actor(amina), now=NOON)


def test_whom_she_would_change_makes_the_room_for_who_comes(amina):
    household(amina, named("Bram", 2), cap=1)
    ada = colleague("Ada")
    acts.choose_contact_person(staff_id=ada.pk, by=actor(amina), now=NOON)
    bea = colleague("Bea")
    assert proposed(amina) == ["Bea"]
    acts.choose_contact_person(staff_id=bea.pk, by=actor(amina), now=NOON)
    assert Around.objects.get(person=amina, ended_at=None).staff == bea
