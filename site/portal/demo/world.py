"""Builds the demo town by calling the same actions that people's clicks call."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from groups.actions import conversations, facilitation, groups, invitations, membership, messages
from groups.models import Conversation, Group, Membership
from moderation.actions import reviews
from moderation.models import Review
from outreach.actions import (
    around,
    asking,
    delivering,
    duty,
    leasing,
    moments,
    needs,
    override,
    rounds,
    safe_contact,
    staffed_hours,
    words,
)
from outreach.actions.profile import say_of_oneself
from outreach.models import Delivery
from outreach.vocabulary import Channel, Kind, Purpose
from outreach.wall_clock import moment_of, monday_of, zone_named
from outreach.wish import HardDay, QuietHours
from people.actions import accounts, keep_apart, second_factor, sessions, staff
from people.actor import PORTAL, Actor
from people.models import Account
from people.queries import actor_of
from resources.actions.editors import ensure_editor_group
from resources.actions.starter import load_starter
from vault.ids import new_id

from . import cast


@dataclass
class World:
    """Everyone and everything of the town, by the keys of the cast."""

    now: datetime
    accounts: dict[str, Account] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """This person, signed in and (for staff) with the second factor shown; roles as they are now."""
        return actor_of(Account.objects.select_related("person").get(pk=self.accounts[key].pk), second_factor=True)

    def person_id(self, key: str) -> str:
        return self.accounts[key].person_id


def build(*, now: datetime | None = None, with_guidance: bool = True) -> World:
    """The whole town. Call it on an empty database only."""
    world = World(now or timezone.now())
    if with_guidance:
        load_starter(by=PORTAL, publish=True)
        ensure_editor_group()
    for colleague in cast.COLLEAGUES:
        _hire(world, colleague)
    for circle in cast.CIRCLES:
        _make_group(world, circle)
    for parent in cast.PARENTS:
        _welcome(world, parent)
    keep_apart.mark(
        one=world.person_id("els"),
        other=world.person_id("fatma"),
        because="Spanning tussen de twee gezinnen sinds vorig jaar.",
        by=world.actor("sofie"),
        now=world.now,
    )
    for talk in cast.TALKS:
        _talk(world, talk)
    for parent in cast.PARENTS:
        _stand_around(world, parent)
        _ask_for_contact(world, parent)
    for occasion in cast.OCCASIONS:
        _think_of_families(world, occasion)
    for word in cast.WORDS:
        _write_a_word(world, word)
    for alarm in cast.ALARMS:
        _ask_a_second_person(world, alarm)
    return world


def _hire(world: World, colleague: cast.Colleague) -> None:
    for role in colleague.roles:
        link = staff.invite_staff(
            role=role,
            email=colleague.email,
            name=colleague.name,
            organisation=colleague.organisation,
            language=colleague.language,
            by=PORTAL,
        )
    token = link.rstrip("/").rpartition("/")[2]
    account = staff.accept_staff_invitation(token=token, password=cast.PASSWORD, by=PORTAL)
    second_factor.put_known_authenticator(account=account, key=cast.AUTHENTICATOR_KEY, by=PORTAL)
    world.accounts[colleague.key] = account
    if colleague.said:
        say_of_oneself(by=world.actor(colleague.key), **colleague.said)


def _make_group(world: World, circle: cast.Circle) -> None:
    made = world.now - timedelta(days=40)
    coordinator = world.actor("marc")
    group = groups.make_group(
        name=circle.names, key=circle.key, programme=circle.programme, mode=circle.mode, by=coordinator, now=made
    )
    for key in circle.facilitators:
        facilitation.appoint_facilitator(group=group, person=world.accounts[key].person, by=coordinator, now=made)
    first = world.actor(circle.facilitators[0])
    staffed_hours.set_hours(team_id=group.pk, hours=cast.HOURS, by=first, now=made)
    _plan_duty(world, circle, group)
    conversations.announce(group=group, text=cast.WELCOME, key=new_id(), by=first, now=made)
    world.groups[circle.key] = group


def _plan_duty(world: World, circle: cast.Circle, group: Group) -> None:
    """Next week those who accompany the group are on duty in turns; this week its hours hold."""
    zone = zone_named(settings.TIME_ZONE)
    monday = monday_of(world.now.astimezone(zone).date()) + timedelta(days=7)
    for turn, (weekday, begins, ends) in enumerate(cast.DUTY):
        by, day = world.actor(circle.facilitators[turn % len(circle.facilitators)]), monday + timedelta(days=weekday)
        duty.put_on_duty(
            team_id=group.pk,
            staff_id=by.person_id,
            starts_at=moment_of(day, begins, zone),
            ends_at=moment_of(day, ends, zone),
            by=by,
            now=world.now,
        )


def _welcome(world: World, parent: cast.Parent) -> None:
    """From the invitation to the house rules, a month ago; the contact needs as the parent set them."""
    came = world.now - timedelta(days=30)
    account = accounts.open_account(
        language=parent.language,
        password=cast.PASSWORD,
        sign_in_name=parent.sign_in_name,
        name=parent.key.capitalize(),
        email=parent.email,
        by=world.actor("sofie"),
        now=came,
    )
    world.accounts[parent.key] = account
    for key, pseudonym in parent.groups.items():
        group = world.groups[key]
        facilitator = world.actor(next(one.facilitators[0] for one in cast.CIRCLES if one.key == key))
        issued = invitations.issue_invitation(group=group, language=parent.language, by=facilitator, now=came)
        invitations.apply_with_invitation(
            invitation_id=issued.invitation.pk, pseudonym=pseudonym, by=world.actor(parent.key), now=came
        )
        row = Membership.objects.get(group=group, person_id=account.person_id)
        membership.admit(membership=row, by=facilitator, now=came)
        membership.accept_house_rules(group=group, by=world.actor(parent.key), now=came)
    me = world.actor(parent.key)
    needs.set_needs(
        person_id=account.person_id,
        rhythm=parent.rhythm,
        channels=(Channel("email"),) if parent.by_email else (),
        quiet_hours=(QuietHours(*parent.quiet),) if parent.quiet else (),
        channels_by_kind={Kind("words"): parent.talks} if parent.talks else {},
        hard_days=_hard_days(world, parent),
        by=me,
        now=came,
    )
    if parent.card:
        safe_contact.keep_card(person_id=account.person_id, by=me, now=came, **parent.card)
    if parent.pin:
        sessions.set_pin(account=account, pin=parent.pin, by=me, now=came)


def _hard_days(world: World, parent: cast.Parent) -> tuple[HardDay, ...]:
    if parent.hard_day is None:
        return ()
    ahead, words = parent.hard_day
    return (HardDay((world.now + timedelta(days=ahead)).date(), words=words),)


def _stand_around(world: World, parent: cast.Parent) -> None:
    """She chose her contact person when she came; what there was of contact since then."""
    if not parent.contact_person:
        return
    came = world.now - timedelta(days=28)
    around.choose_contact_person(staff_id=world.person_id(parent.contact_person), by=world.actor(parent.key), now=came)
    for contact in (one for one in cast.CONTACTS if one.who == parent.key):
        then = world.now - timedelta(days=contact.days_ago)
        moments.write_down(
            person=world.accounts[parent.key].person,
            how=contact.how,
            outcome=contact.outcome,
            note=contact.note,
            key=new_id(),
            by=world.actor(parent.contact_person),
            now=then,
        )


def _ask_for_contact(world: World, parent: cast.Parent) -> None:
    """She asks, and it becomes a task as the worker makes it one. Nothing else is delivered."""
    if parent.asked_hours_ago is None:
        return
    asked = world.now - timedelta(hours=parent.asked_hours_ago)
    asking.ask_for_contact(by=world.actor(parent.key), way=Channel("call"), now=asked)
    mine = Delivery.objects.filter(person_id=world.person_id(parent.key), purpose=Purpose.CONTACT_ASKED)
    for delivery_id in mine.values_list("pk", flat=True):
        if held_by := leasing.lease([delivery_id], asked):
            delivering.deliver(held_by, now=asked)


def _talk(world: World, talk: cast.Talk) -> None:
    group = world.groups[talk.group]
    facilitator = next(circle.facilitators[0] for circle in cast.CIRCLES if circle.key == talk.group)
    opened = world.now - timedelta(hours=max(line.hours_ago for line in talk.lines) + 1)
    place = conversations.start_conversation(group=group, subject=talk.subject, by=world.actor(facilitator), now=opened)
    world.conversations[talk.subject] = place
    for line in sorted(talk.lines, key=lambda line: -line.hours_ago):
        written = world.now - timedelta(hours=line.hours_ago)
        message = messages.post_message(
            conversation=place, text=line.text, key=new_id(), by=world.actor(line.who), now=written
        )
        review = Review.objects.filter(subject_id=message.pk, settled_at__isnull=True).first()
        if review and line.decision != "wait":
            _decide(world, review, line, facilitator, written + timedelta(minutes=20))


def _decide(world: World, review: Review, line: cast.Line, facilitator: str, now: datetime) -> None:
    by = world.actor(facilitator)
    review = reviews.claim(review=review, by=by, now=now)
    reviews.open_text(review=review, by=by, now=now)
    if line.decision == "give_back":
        reviews.give_back(review=review, note=line.word, by=by, now=now)
    else:
        reviews.publish(review=review, by=by, now=now)


def _think_of_families(world: World, occasion: cast.Happening) -> None:
    """A round after an occasion: confirmed and under way, or only proposed."""
    began, by = world.now - timedelta(days=occasion.days_ago), world.actor(occasion.by)
    one = rounds.start_round(kind=occasion.kind, day=began.date(), title=occasion.title, by=by, now=began)
    if occasion.is_confirmed:
        rounds.confirm_round(one=one, by=by, now=began)


def _write_a_word(world: World, word: cast.Word) -> None:
    """It stands in the parent's app; her wish keeps it from ringing."""
    then = world.now - timedelta(days=word.days_ago)
    words.write_word(
        person_id=world.person_id(word.to), text=word.text, key=new_id(), by=world.actor(word.by), now=then
    )


def _ask_a_second_person(world: World, alarm: cast.Alarm) -> None:
    """It waits, and is over when the hour is. The parent hears nothing of it."""
    then = world.now - timedelta(minutes=alarm.minutes_ago)
    override.ask_override(
        person_id=world.person_id(alarm.about),
        danger=alarm.danger,
        because=alarm.because,
        by=world.actor(alarm.by),
        now=then,
    )


def is_built() -> bool:
    return Account.objects.exists()
