"""Past the wish in acute danger: two people, one message, one hour, and the parent reads it (G39)."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import resolve, reverse
from django.utils import translation

from audit.models import AccessEntry, AuditEntry
from audit.vocabulary import Look
from outreach import override_queries as queries
from outreach import worker
from outreach.actions import reach
from outreach.actions.card import open_card_past_wish
from outreach.actions.override import confirm_override, use_override
from outreach.models import Around, Delivery, Notice, Override, Place, SafeContact, Task
from outreach.models.override import Danger
from outreach.override_policies import read_override
from outreach.own_data import tell
from outreach.planner import Send, Withhold
from outreach.planner import Task as ToDo
from outreach.queries import people_stood_around_by
from outreach.views import override as views
from outreach.vocabulary import Channel, Purpose, State, Withheld
from people import relations
from people.actor import Actor
from people.models import Account, Person
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role

from .conftest import BEFORE, NOON, make_parent, wants
from .danger import ask, hired

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_two_decide_one_message_goes_and_the_parent_reads_who_and_why(quiet, team, outbox):
    asked = ask(quiet, team["sofie"])
    told = set(Notice.objects.filter(purpose=Purpose.TEAM_TASK, created_at=NOON).values_list("person_id", flat=True))
    assert told == {team["youssef"].person_id, team["bram"].person_id}  # at once, and not who asked
    worker.run_once(NOON)
    assert outbox == []  # asking alone reaches nobody
    confirmed = confirm_override(override=asked, by=team["bram"], now=NOON)
    assert confirmed.ends_at == NOON + HOUR
    plan = use_override(override=confirmed, by=team["sofie"], now=NOON)
    assert plan.outward == Send(Channel.EMAIL, NOON)
    worker.run_once(NOON)
    assert len(outbox) == 1
    notice = Notice.objects.get(person=quiet)
    assert notice.purpose == Purpose.URGENT
    assert queries.address_of(quiet.pk, notice.subject_id).endswith(f"/my/urgent/{asked.pk}/")
    kinds = AuditEntry.objects.filter(subject_id=quiet.pk).order_by("pk").values_list("kind", "by_id")
    assert [row for row in kinds if "override" in row[0]] == [
        ("outreach.override.asked", team["sofie"].person_id),
        ("outreach.override.confirmed", team["bram"].person_id),
        ("outreach.override.used", team["sofie"].person_id),
    ]
    own = str([part for part in tell(quiet.pk) if part.items])
    assert "Ze belde." in own
    assert "Sofie, Bram" in own


def test_who_stands_around_a_parent_of_no_group_asks_and_confirms_too(team, monkeypatch):
    """A parent without an account has nobody but who stands around them; danger does not ask for a group."""
    newcomer = Person.objects.create(name="Roos", created_at=BEFORE)
    sofie, youssef, karel = (team[name] for name in ("sofie", "youssef", "karel"))
    for number, staff in enumerate((sofie, youssef, karel), 1):
        agreed = None if staff == karel else BEFORE
        place = Place.objects.create(family_id=newcomer.pk, staff_id=staff.person_id, number=number, ceiling=3)
        Around.objects.create(
            person=newcomer,
            staff_id=staff.person_id,
            place=place,
            asked_at=BEFORE,
            asked_by_id=staff.person_id,
            agreed_at=agreed,
        )
    monkeypatch.setitem(relations._RELATIONS, "stands around", [people_stood_around_by])
    asked = ask(newcomer, sofie)
    told = Notice.objects.filter(purpose=Purpose.TEAM_TASK, subject_id=asked.pk).values_list("person_id", flat=True)
    assert set(told) == {youssef.person_id, team["bram"].person_id}
    assert [line.waits_for for line in queries.lines_of(youssef, NOON)] == ["second"]
    with pytest.raises(Refused):
        confirm_override(override=asked, by=karel, now=NOON)  # who waits for the parent's yes is not near
    assert confirm_override(override=asked, by=youssef, now=NOON).ends_at == NOON + HOUR


# --- where the quickest way is a call: no machine makes it -------------------------------------------------


@pytest.fixture
def by_phone(quiet, team, clock_at_noon) -> Override:
    """Two decided, Bram on duty pressed, and all we have is a number."""
    wants(quiet, Rhythm.QUIET, by_email=False)
    Account.objects.update(email=None)
    SafeContact.objects.create(
        person=quiet, phone="+32470000001", code_word="soep", changed_at=BEFORE, changed_by_id=quiet.pk
    )
    asked = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    plan = use_override(override=asked, by=team["bram"], now=NOON)
    assert (type(plan.outward), plan.outward.channel) == (ToDo, Channel.CALL)
    worker.run_once(NOON)
    asked.refresh_from_db()
    return asked


def shown(rf, override, by, name="override", data=None) -> str:
    with translation.override("en"):
        request = rf.post("/", data) if data is not None else rf.get("/")
        request.actor, request.LANGUAGE_CODE, request.session = by, "en", {}
        return getattr(views, name)(request, override_id=override.pk).content.decode()


def test_the_two_read_that_they_must_call_and_open_the_number_within_the_hour(quiet, team, by_phone, rf):
    for by in (team["sofie"], team["bram"]):
        page = shown(rf, by_phone, by, "one_override")
        assert "phone call. One of you does it, now. Nothing was sent." in page
        assert "The one message went" not in page
        assert "+32470000001" not in page
        opened = shown(rf, by_phone, by, "card", {})
        assert "tel:+32470000001" in opened
        assert "soep" in opened
    looks = AccessEntry.objects.filter(person_id=quiet.pk, purpose=Look.CALL_CARD)
    assert set(looks.values_list("staff_id", flat=True)) == {team[name].person_id for name in ("sofie", "bram")}
    assert AuditEntry.objects.filter(kind="outreach.safe_contact.opened", subject_id=quiet.pk).count() == 2


def test_nobody_else_opens_it_nor_the_two_before_and_after(quiet, team, by_phone):
    for other in ("youssef", "karel"):
        with pytest.raises(Refused):
            open_card_past_wish(override=by_phone, by=team[other], now=NOON)
    with pytest.raises(Refused):
        open_card_past_wish(override=by_phone, by=team["bram"], now=NOON + HOUR)
    fresh = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    with pytest.raises(Refused):
        open_card_past_wish(override=fresh, by=team["bram"], now=NOON)


def test_a_call_of_who_has_no_page_of_tasks_stands_on_that_of_the_team_too(by_phone, team):
    assert Task.objects.get().for_id == ""


def test_what_a_machine_sends_opens_no_number(quiet, team, rf, clock_at_noon, outbox):
    SafeContact.objects.create(person=quiet, phone="+32470000001", changed_at=BEFORE, changed_by_id=quiet.pk)
    asked = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    use_override(override=asked, by=team["sofie"], now=NOON)
    worker.run_once(NOON)
    asked.refresh_from_db()
    assert "The one message went" in shown(rf, asked, team["sofie"], "one_override")
    with pytest.raises(Refused):
        open_card_past_wish(override=asked, by=team["sofie"], now=NOON)


def test_nobody_confirms_the_own_request(quiet, team):
    asked = ask(quiet, team["sofie"])
    both = Actor(person_id=team["sofie"].person_id, roles=frozenset({Role.FACILITATOR, Role.MODERATOR}))
    for me in (team["sofie"], both):
        with pytest.raises(Refused) as refused:
            confirm_override(override=asked, by=me, now=NOON)
        assert refused.value.reason == Reason.OWN_CASE
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=asked.pk).update(
            confirmed_at=NOON, confirmed_by_id=asked.asked_by_id, ends_at=NOON + HOUR
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FACILITATOR, Role.MODERATOR}))
def test_no_other_role_asks_confirms_or_uses(quiet, team, role):
    someone = Actor(person_id=team["youssef"].person_id, roles=frozenset({role}))
    asked = ask(quiet, team["sofie"])
    acts = [
        lambda: ask(quiet, someone),
        lambda: confirm_override(override=asked, by=someone, now=NOON),
        lambda: use_override(override=asked, by=someone, now=NOON),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert Override.objects.get().confirmed_at is None


def test_who_does_not_stand_near_neither_asks_nor_confirms(quiet, team):
    with pytest.raises(Refused) as refused:
        ask(quiet, team["karel"])
    assert refused.value.is_hidden
    asked = ask(quiet, team["sofie"])
    with pytest.raises(Refused) as refused:
        confirm_override(override=asked, by=team["karel"], now=NOON)
    assert refused.value.is_hidden
    assert team["karel"].person_id not in queries.who_may_confirm(quiet.pk, but="")


def test_it_takes_a_danger_of_the_list_and_a_reason(quiet, team):
    with pytest.raises(ValueError, match="death"):
        ask(quiet, team["sofie"], danger="death")
    for because in ("", "   "):
        with pytest.raises(Refused) as refused:
            ask(quiet, team["sofie"], because=because)
        assert refused.value.reason == Reason.NEEDS_REASON
    assert Override.objects.count() == 0
    for wrong in ({"danger": "death"}, {"because": ""}):
        row = {"danger": Danger.CHILD, "because": "x", "person": quiet, "asked_at": NOON, "asked_by_id": "x"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Override.objects.create(**row | wrong)


def test_a_form_that_comes_twice_asks_once(quiet, team):  # G21
    """Two alarms about one danger would be two messages past the wish."""
    asked = ask(quiet, team["sofie"])
    assert ask(quiet, team["sofie"], now=NOON + SECOND).pk == asked.pk
    confirm_override(override=asked, by=team["bram"], now=NOON + SECOND)
    assert ask(quiet, team["sofie"], now=NOON + 2 * SECOND).pk == asked.pk
    assert Notice.objects.filter(person_id=team["bram"].person_id, purpose=Purpose.TEAM_TASK).count() == 1
    assert ask(quiet, team["bram"]).pk != asked.pk  # somebody else saw it too
    assert ask(quiet, team["sofie"], danger=Danger.CHILD).pk != asked.pk
    assert ask(quiet, team["sofie"], now=NOON + 2 * HOUR).pk != asked.pk  # that one is over


def test_confirmed_twice_is_confirmed_once(quiet, team):
    asked = ask(quiet, team["sofie"])
    confirm_override(override=asked, by=team["bram"], now=NOON)
    with pytest.raises(Refused) as refused:
        confirm_override(override=asked, by=team["youssef"], now=NOON + 30 * SECOND)
    assert refused.value.reason == Reason.ALREADY_DONE
    assert Override.objects.get().ends_at == NOON + HOUR


def test_it_goes_once(quiet, team, outbox):
    confirmed = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    use_override(override=confirmed, by=team["bram"], now=NOON)
    for who in ("sofie", "bram"):
        with pytest.raises(Refused) as refused:
            use_override(override=confirmed, by=team[who], now=NOON)
        assert refused.value.reason == Reason.ALREADY_DONE
    with pytest.raises(IntegrityError), transaction.atomic():  # past the action too
        reach(person_id=quiet.pk, purpose=Purpose.URGENT, override=Override.objects.get(), now=NOON)
    worker.run_once(NOON)
    assert len(outbox) == 1


def test_only_the_two_who_decided_use_it(quiet, team):
    confirmed = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    with pytest.raises(Refused):
        use_override(override=confirmed, by=team["youssef"], now=NOON)


@pytest.mark.parametrize(("at", "goes"), [(HOUR - 5 * SECOND, True), (HOUR, False), (HOUR + 5 * SECOND, False)])
def test_after_the_hour_it_is_dead(quiet, team, outbox, at, goes):
    confirmed = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    if goes:
        use_override(override=confirmed, by=team["sofie"], now=NOON + at)
        assert worker.run_once(NOON + at).sent == 1
        return
    with pytest.raises(Refused):
        use_override(override=confirmed, by=team["sofie"], now=NOON + at)
    # Through the door without the action: the planner refuses as well.
    plan = reach(person_id=quiet.pk, purpose=Purpose.URGENT, override=confirmed, now=NOON + at)
    assert plan.outward == Withhold(Withheld.OVERRIDE_OVER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(used_at=NOON + at)
    assert (outbox, Override.objects.get().used_at) == ([], None)


@pytest.mark.parametrize(("at", "goes"), [(HOUR - 5 * SECOND, True), (HOUR + 5 * SECOND, False)])
def test_what_waited_in_the_outbox_past_the_hour_is_withheld(quiet, team, outbox, at, goes):
    confirmed = confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    use_override(override=confirmed, by=team["sofie"], now=NOON)
    worker.run_once(NOON + at)
    delivery = Delivery.objects.get(purpose=Purpose.URGENT)
    assert (len(outbox), delivery.state) == ((1, State.SENT) if goes else (0, State.WITHHELD))
    assert delivery.reason == ("" if goes else Withheld.OVERRIDE_OVER)


def test_what_nobody_confirmed_within_the_hour_is_dead_too(quiet, team):
    asked = ask(quiet, team["sofie"])
    with pytest.raises(Refused):
        confirm_override(override=asked, by=team["bram"], now=NOON + HOUR)
    assert confirm_override(override=asked, by=team["bram"], now=NOON + HOUR - 5 * SECOND).confirmed_at


def test_the_door_takes_no_request_that_nobody_confirmed_nor_one_for_another(quiet, team, outbox):
    asked, other = ask(quiet, team["sofie"]), make_parent(2)
    plan = reach(person_id=quiet.pk, purpose=Purpose.URGENT, override=asked, now=NOON)
    assert plan.outward == Withhold(Withheld.OVERRIDE_OVER)
    with pytest.raises(ValueError, match="one person"):
        reach(person_id=other.pk, purpose=Purpose.URGENT, override=asked, now=NOON)
    for purpose, override in ((Purpose.URGENT, None), (Purpose.STAFF_WORD, asked)):
        with pytest.raises(ValueError, match="danger"):
            reach(person_id=quiet.pk, purpose=purpose, override=override, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(used_at=NOON)
    worker.run_once(NOON)
    assert outbox == []


def test_without_any_way_nothing_is_used_up(team, monkeypatch):
    parent = make_parent(9, email=None)
    near = {team["sofie"].person_id, team["youssef"].person_id}
    monkeypatch.setattr(relations, "_RELATIONS", {"accompanies": [lambda who: {parent.pk} if who in near else set()]})
    confirmed = confirm_override(override=ask(parent, team["sofie"]), by=team["bram"], now=NOON)
    plan = use_override(override=confirmed, by=team["sofie"], now=NOON)
    assert plan.outward == Withhold(Withheld.NO_ADDRESS)
    assert Override.objects.get(person=parent).used_at is None
    assert Delivery.objects.filter(person=parent).count() == Task.objects.count() == 0


def test_the_parent_reads_it_and_nobody_else_does(quiet, team):
    me, other = (Actor(person_id=one.pk, roles=frozenset({Role.PARENT})) for one in (quiet, make_parent(2)))
    asked = ask(quiet, team["sofie"])
    assert read_override.reason(me, asked) == Reason.NOT_FOUND  # until two decided there is nothing to read
    confirmed = confirm_override(override=asked, by=team["bram"], now=NOON)
    assert read_override.allows(me, confirmed)
    for someone in (other, team["sofie"], team["bram"], Actor()):
        assert not read_override.allows(someone, confirmed)


def test_ten_at_once_send_one(lasting):
    parent = make_parent(1)
    wants(parent, Rhythm.QUIET)
    sofie, bram = hired("Sofie", Role.MODERATOR), hired("Bram", Role.MODERATOR)
    confirmed = confirm_override(override=ask(parent, sofie), by=bram, now=NOON)
    went, barrier = [], threading.Barrier(10)

    def try_it():
        barrier.wait()
        try:
            went.append(use_override(override=confirmed, by=bram, now=NOON))
        except Exception as refused:  # a refusal, or on SQLite a locked database
            went.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in went if not isinstance(one, Exception)]) == 1
    assert Delivery.objects.filter(purpose=Purpose.URGENT).count() == 1


def test_what_goes_to_the_team_stays_in_the_app_by_the_one_door(quiet, team, outbox):
    confirm_override(override=ask(quiet, team["sofie"]), by=team["bram"], now=NOON)
    became = set(Delivery.objects.filter(purpose=Purpose.TEAM_TASK).values_list("state", "reason"))
    assert became == {(State.WITHHELD, Withheld.ONLY_IN_APP)}
    worker.run_once(NOON)
    assert outbox == []


@pytest.mark.parametrize("name", ["my:urgent", "work:override"])
def test_the_date_of_a_decision_stays_whole_beside_a_latin_name(quiet, team, clock_at_noon, rf, name):
    """In Arabic a Latin name would take the first figure of the date along to its own side."""
    asked = ask(quiet, team["sofie"])
    use_override(override=confirm_override(override=asked, by=team["bram"], now=NOON), by=team["sofie"], now=NOON)
    with translation.override("ar"):
        request = rf.get(reverse(name, args=[asked.pk]))
        request.actor, request.LANGUAGE_CODE, request.session = team["sofie"], "ar", {}
        if name == "my:urgent":
            parent = Actor(person_id=quiet.pk, account_id=quiet.account.pk, roles=frozenset({Role.PARENT}))
            request.actor, request.user = parent, quiet.account
        found = resolve(request.path)
        page = found.func(request, **found.kwargs).content.decode()
    assert "\u2068Sofie\u2069" in page
    assert "\u2068Bram\u2069" in page
