"""Every door to words that are not for all (domain rules 2 and 5): page, form, polling address, open page, foreign id.

A word of each state stands in the group of the demo town. Whoever is not its author or of its team never meets it.
"""

import pytest
from django.urls import reverse

from groups import live
from groups.actions import decisions, messages
from groups.models import Message
from groups.vocabulary import MessageStatus
from moderation.models import Review
from people.vocabulary import Role
from tests.access.addresses import every_address, example_for, examples
from tests.worlds import client_of
from vault.ids import new_id

pytestmark = pytest.mark.django_db
CANARIES = {
    MessageStatus.HELD: "Kanariewacht",
    MessageStatus.RETURNED: "Kanarieterug",
    MessageStatus.DECLINED: "Kanarienee",
    MessageStatus.REMOVED: "Kanarieweg",
    MessageStatus.WITHDRAWN: "Kanarieingetrokken",
}
OTHERS = [
    Role.PARENT_OF_ANOTHER_GROUP,
    Role.KEPT_APART_PARENT,
    Role.FORMER_MEMBER,
    Role.INVITED,
    Role.FACILITATOR_OF_ANOTHER_GROUP,
    Role.EDITOR,
    Role.PARTNER,
    Role.COORDINATOR,
    Role.TECHNICAL_ADMINISTRATOR,
    Role.STAFF_WITHOUT_SECOND_FACTOR,
    Role.ANONYMOUS,
]


@pytest.fixture
def words(town):
    """One message of amina in each state, with a word of its own."""
    place = town.world.conversations["Wat zeggen jullie tegen de andere kinderen?"]
    author, team = town.actor(Role.PARENT), town.actor(Role.FACILITATOR)
    found = {}
    for status, word in CANARIES.items():
        sent = messages.post_message(conversation=place, text=f"{word} in een zin.", key=new_id(), by=author)
        if status == MessageStatus.RETURNED:
            decisions.return_message(message=sent, note=f"{word}nota", by=team)
        elif status == MessageStatus.DECLINED:
            decisions.decline_message(message=sent, by=team, reason_key="", words=f"{word}reden")
        elif status in (MessageStatus.REMOVED, MessageStatus.WITHDRAWN):
            decisions.publish_message(message=sent, by=team)
            if status == MessageStatus.REMOVED:
                decisions.remove_message(message=sent, by=team, because=f"{word}reden")
            else:
                messages.withdraw_message(message=Message.objects.get(pk=sent.pk), by=author)
        found[status] = Message.objects.get(pk=sent.pk)
        assert found[status].status == status
    return found


@pytest.fixture
def doors(town):
    """Each address of members and staff, with the ids of a message, its conversation and its review."""
    known = examples(town)

    def of(message, *, all_of_them=True) -> list[str]:
        review = Review.objects.filter(subject_id=message.pk).order_by("-opened_at").first()
        values = known | {
            "message_id": message.pk,
            "conversation_id": message.conversation_id,
            "subject_id": message.pk,
            "kind": "message",
            "review_id": review.pk if review else new_id(),
        }
        private = [one for one in every_address() if one.audience in ("members", "staff")]
        if not all_of_them:
            own = ("message_id", "conversation_id", "subject_id", "review_id")
            private = [one for one in private if any(f":{name}>" in one.route for name in own)]
        addresses = [reverse(one.name, kwargs=example_for(one, values, town)) for one in private]
        place = reverse("groups:conversation", args=[message.conversation_id])
        asked = [f"{place}later/?after=0", f"{place}?before=1000000", f"{place}?before=1"]
        return [*addresses, *asked, "/nl/work/reviews/news/?after=0"]

    return of


def crawl(client, addresses) -> tuple[str, int]:
    """All that this browser gets to read, and how many pages opened."""
    pages, opened = [], 0
    for address in addresses:
        answer = client.get(address)
        opened += answer.status_code == 200
        pages.append(answer.content.decode(errors="replace") if not answer.streaming else "")
    return "\n".join(pages), opened


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_meets_words_that_are_not_for_all(town, words, doors, role):
    client = town.client(role)
    for status, message in words.items():
        read, _ = crawl(client, doors(message, all_of_them=status == MessageStatus.HELD))
        assert CANARIES[status] not in read, status


def test_another_member_meets_none_of_them_and_reads_on(town, words, doors):
    """els is of the same group: she reads what stands there, and of what was taken away only the mark."""
    client = client_of(town.world.accounts["els"])
    for status, message in words.items():
        read, opened = crawl(client, doors(message, all_of_them=status == MessageStatus.HELD))
        assert opened >= 4, opened
        assert CANARIES[status] not in read, status
        for name in ("tell", "withdraw", "change"):
            answer = client.post(reverse(f"groups:{name}", args=[message.pk]), {"text": "x", "words": ""})
            assert answer.status_code == 404, (status, name)


def test_open_pages_of_other_members_get_none_of_them(town, words):
    place = words[MessageStatus.HELD].conversation_id
    for status, message in words.items():
        items = live.since(place, 0) + live.since(place, 0, message.pk)
        assert CANARIES[status] not in "".join(live.render(items, "nl", "readers")), status


def test_the_author_reads_her_own_and_the_team_what_waits(town, words, doors):
    """The neighbour that shows that the crawl can find a word at all."""
    read, _ = crawl(town.client(Role.PARENT), doors(words[MessageStatus.HELD]))
    found = {status for status, word in CANARIES.items() if word in read}
    assert found == {MessageStatus.HELD, MessageStatus.RETURNED, MessageStatus.DECLINED, MessageStatus.REMOVED}
    desk = town.client(Role.FACILITATOR)
    review = Review.objects.get(subject_id=words[MessageStatus.HELD].pk)
    assert CANARIES[MessageStatus.HELD] not in desk.get(reverse("work:review", args=[review.pk])).content.decode()
    desk.post(reverse("work:claim", args=[review.pk]))
    assert CANARIES[MessageStatus.HELD] in desk.get(reverse("work:review", args=[review.pk])).content.decode()
