"""What a fault or a benchmark needs in its database, and what it asks of it afterwards. Runs where Django runs.

The demo town is lived through; the many members of a load are rows written at once, because a thousand sign-ins
would measure scrypt.
"""

import secrets
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from audit.models import AuditEntry
from audit.sealer import seal_pending, verify
from groups.actions import conversations, facilitation, groups, invitations, messages
from groups.actions.names import name_key
from groups.models import Conversation, Group, Membership, Message
from groups.vocabulary import MembershipStatus, MessageStatus
from people.actions import keep_apart as marks
from people.models import Account, Person, SignIn
from people.queries import actor_of
from portal import preparation
from portal.demo import world
from tests.worlds import BACKEND, session_of

LANGUAGES = ("nl", "fr", "en", "ar", "tr")
POSTED = "groups.message.posted"


def build(*, with_guidance: bool) -> bool:
    """Tables, static files and the demo town."""
    preparation.prepare(lambda line: None)
    world.build(with_guidance=with_guidance)
    return True


def actor(key: str):
    return actor_of(_account(key), second_factor=True)


def _account(key: str) -> Account:
    return Account.objects.select_related("person").get(email=f"{key}@demo.invalid")


def session(key: str) -> str:
    """A session of someone of the demo town, with an e-mail address."""
    return session_of(_account(key), own_phone=False)


def circle(*, count: int, mode: str = "after_posting", key: str = "load") -> dict:
    """A group accompanied by sofie, one conversation, and so many members in five languages, signed in."""
    group = groups.make_group(name=key, key=key, programme="departed", mode=mode, cap=count + 10, by=actor("marc"))
    facilitation.appoint_facilitator(group=group, person=_account("sofie").person, by=actor("marc"))
    place = conversations.start_conversation(group=group, subject="Een gesprek", by=actor("sofie"))
    return {
        "group": group.pk,
        "conversation": place.pk,
        "topic": f"conversation:{place.pk}",
        "members": _members(group, count),
    }


def _members(group: Group, count: int) -> list[dict]:
    now = timezone.now()
    people = [Person(language=LANGUAGES[at % 5], created_at=now) for at in range(count)]
    accounts = [
        Account(person=one, sign_in_name=f"load-{one.pk}", password="!" + secrets.token_hex(20), created_at=now)
        for one in people
    ]
    rows = [
        Membership(
            group=group,
            person=one,
            status=MembershipStatus.ADMITTED,
            pseudonym=f"Ouder {at}",
            pseudonym_key=name_key(group.pk, f"Ouder {at}"),
            applied_at=now,
            admitted_at=now,
            admitted_by_id="load",
            rules_accepted_at=now,
        )
        for at, one in enumerate(people)
    ]
    sessions = [_session(account, now) for account in accounts]
    sign_ins = [
        SignIn(account=account, session_key=key.pk, own_phone=True, started_at=now, last_active_at=now)
        for account, key in zip(accounts, sessions, strict=True)
    ]
    for model, made in ((Person, people), (Account, accounts), (Membership, rows), (Session, sessions)):
        model.objects.bulk_create(made, batch_size=500)
    SignIn.objects.bulk_create(sign_ins, batch_size=500)
    return [
        {"person": one.pk, "language": one.language, "membership": row.pk, "session": key.pk, "sign_in": sign_in.pk}
        for one, row, key, sign_in in zip(people, rows, sessions, sign_ins, strict=True)
    ]


def _session(account: Account, now) -> Session:
    held = {
        SESSION_KEY: account.pk,
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    key = secrets.token_hex(16)
    return Session(session_key=key, session_data=SessionStore().encode(held), expire_date=now + timedelta(days=1))


def said(*, conversation: str, person: str, text: str) -> str:
    """A message of this member, as if it had been written on a page."""
    account = Account.objects.select_related("person").get(person_id=person)
    place = Conversation.objects.select_related("group").get(pk=conversation)
    by = actor_of(account, second_factor=True)
    return messages.post_message(conversation=place, text=text, key=secrets.token_hex(8), by=by).pk


def invitation(*, group: str) -> str:
    """The link of a fresh invitation, as it stands on the card."""
    return invitations.issue_invitation(group=Group.objects.get(key=group), by=actor("sofie")).link


def kept_apart_pairs(*, count: int) -> dict:
    """Groups with room, each with two people at the door who must be kept apart; sofie and youssef accompany all."""
    pairs = []
    for at in range(count):
        group = groups.make_group(name=f"Paar {at}", programme="departed", mode="after_posting", by=actor("marc"))
        for key in ("sofie", "youssef"):
            facilitation.appoint_facilitator(group=group, person=_account(key).person, by=actor("marc"))
        two = _members(group, 2)
        rows = [one["membership"] for one in two]
        Membership.objects.filter(pk__in=rows).update(
            status=MembershipStatus.APPLIED, admitted_at=None, admitted_by_id="", pseudonym_key=None
        )
        marks.mark(one=two[0]["person"], other=two[1]["person"], because="Een proef.", by=actor("sofie"))
        pairs.append(rows)
    return {"memberships": pairs}


def admitted_of(*, pairs: list[list[str]]) -> list[int]:
    """How many of each pair are in."""
    rows = Membership.objects.filter(status=MembershipStatus.ADMITTED)
    return [rows.filter(pk__in=pair).count() for pair in pairs]


def admission_stories(*, sequences: int, steps: int) -> dict[str, int]:
    """Random stories of coming and going; nothing of them stays. `together` is 1 when one of them went wrong."""
    from tests.admission import ADMISSIONS, walk

    try:
        return {**walk(sequences, steps), "together": 0}
    except AssertionError as wrong:
        print(f"A story that went wrong: {wrong!r}", flush=True)
        return {**ADMISSIONS, "together": 1}


def refused_in_three_ways(*, key: str) -> dict[str, str]:
    """Someone at the door of a full group, of a closed one, and of one with a person to keep apart from: by reason."""
    doors = {}
    for reason in ("full", "closed", "apart"):
        place = circle(count=21, key=f"{key}-{reason}")
        group, (first, *_, last) = Group.objects.get(pk=place["group"]), place["members"]
        Membership.objects.filter(pk=last["membership"]).update(
            status=MembershipStatus.APPLIED, admitted_at=None, admitted_by_id="", pseudonym_key=None
        )
        if reason == "apart":
            marks.mark(one=first["person"], other=last["person"], because="Een proef.", by=actor("sofie"))
        elif reason == "full":
            Group.objects.filter(pk=group.pk).update(cap=20)
        else:
            Group.objects.filter(pk=group.pk).update(closed_at=timezone.now(), closed_by_id="load")
        doors[reason] = last["membership"]
    return doors


def rows_of_tables() -> dict[str, int]:
    """How many rows each table holds, without the looks of staff at what they open."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def end_quietly(*, memberships: list[str]) -> int:
    """Ends memberships without telling anyone, as when the word of it was lost: the hub must find out by asking."""
    rows = Membership.objects.filter(pk__in=memberships)
    return rows.update(status=MembershipStatus.LEFT, ended_at=timezone.now())


# --- what became of it ------------------------------------------------------------------------------


def messages_in(*, conversation: str) -> list[dict]:
    rows = Message.objects.filter(conversation_id=conversation).order_by("sequence")
    return [
        {
            "id": row.pk,
            "key": row.client_key,
            "text": row.text,
            "sequence": row.sequence,
            "at": row.written_at.timestamp(),
        }
        for row in rows
    ]


def half_rows(*, conversation: str) -> dict:
    """What a cut in the middle of a transaction would leave: words without history, a place that nobody took."""
    rows = Message.objects.filter(conversation_id=conversation)
    told = AuditEntry.objects.filter(kind=POSTED, subject_id__in=rows.values("pk")).count()
    places = sorted(rows.filter(sequence__isnull=False).values_list("sequence", flat=True))
    last = Conversation.objects.get(pk=conversation).last_sequence
    return {
        "without history": abs(rows.count() - told),
        "last place without a message": int(last != (places or [0])[-1]),
        "two in one place": len(places) - len(set(places)),
        "shown without a place": rows.filter(status=MessageStatus.PUBLISHED, sequence=None).count(),
    }


def commits(*, subjects: list[str]) -> dict[str, int]:
    """For each message, membership or sign-in the number of its last entry of history: the order of the commits."""
    rows = AuditEntry.objects.filter(subject_id__in=subjects).order_by("pk")
    return dict(rows.values_list("subject_id", "pk"))


def history_holds() -> bool:
    """Seals what is not sealed yet and checks the whole chain."""
    while seal_pending():
        pass
    return bool(verify().holds)


def integrity() -> str:
    """'ok' when the database finds itself whole and was told to write through."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] != 2:
                return "synchronous is not FULL"
            cursor.execute("PRAGMA integrity_check")
            return cursor.fetchone()[0]
        cursor.execute("SHOW synchronous_commit")
        value = cursor.fetchone()[0]
        return "ok" if value == "on" else f"synchronous_commit is {value}"


def seen(*, members: list[str], seconds: int) -> int:
    """These sign-ins were active just now, by a clock that is so many seconds off."""
    moment = timezone.now() + timedelta(seconds=seconds)
    return SignIn.objects.filter(pk__in=members).update(last_active_at=moment, locked_at=None)


def accounts() -> int:
    return Account.objects.count()
