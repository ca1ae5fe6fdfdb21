"""The hub: one question for all viewers, one render a language and audience, and nobody served after access ended."""

import asyncio
import json

import pytest

from live import heartbeat, topics
from live.hub import Hub
from live.topics import Item, Kind
from people.actor import Actor
from people.vocabulary import Role

pytestmark = pytest.mark.db_free


class FakeSocket:
    def __init__(self, person_id, language="nl", sign_in_id=""):
        self.actor = Actor(person_id=person_id, roles=frozenset({Role.PARENT}))
        self.language, self.sign_in_id = language, sign_in_id
        self.followed, self.frames, self.is_ended = {}, [], False

    async def push(self, frame):
        self.frames.append(json.loads(frame))

    async def end(self):
        self.is_ended = True

    @property
    def html(self):
        return [frame["html"] for frame in self.frames if frame["type"] == "html"]


class Place:
    """A kind of topic whose rows and readers a test can change while the hub works."""

    def __init__(self):
        self.rows, self.readers, self.asked, self.rendered = [], set(), 0, []
        self.hidden = {}

    def allowed(self, subject_id, actors):
        self.asked += 1
        return {actor.person_id for actor in actors} & self.readers

    def since(self, subject_id, after, item=None):
        if item:
            return [Item(n, f"m-{n}", text) for n, text in self.rows if f"m-{n}" == item]
        return [Item(n, f"m-{n}", text) for n, text in self.rows if n > after]

    def render(self, items, language, audience):
        self.rendered.append((language, audience))
        return [f"{language}:{item.thing}" for item in items]

    def kind(self):
        return Kind(
            name="place",
            allowed=self.allowed,
            audience=lambda actor: "readers",
            since=self.since,
            render=self.render,
            hides=lambda subject_id, actors, items: self.hidden,
            author=lambda text: text.split()[0],
        )


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr("live.hub.in_thread", lambda function: _at_once(function))
    monkeypatch.setattr(topics, "_KINDS", {})
    place = Place()
    topics.register(place.kind())
    return place


def _at_once(function):
    async def call(*arguments):
        return function(*arguments)

    return call


def _seat(hub, *sockets, after=0):
    for socket in sockets:
        hub.join(socket)
        socket.followed["place:a"] = after
        hub.follow(socket, "place:a")


async def _settle(hub):
    for _ in range(50):
        await asyncio.sleep(0)
        if not hub._tasks:
            return


async def test_everyone_allowed_gets_it_once_and_in_order(place):
    hub, sockets = Hub(), [FakeSocket(f"p{n}", language="ar" if n % 2 else "nl") for n in range(120)]
    place.readers = {one.actor.person_id for one in sockets} - {"p7"}
    _seat(hub, *sockets)
    place.rows = [(1, "amina een"), (2, "amina twee")]
    for _ in range(5):
        hub.hear({"topic": "place:a", "sequence": 2, "item": None})
    await _settle(hub)
    for socket in sockets:
        expected = (
            [] if socket.actor.person_id == "p7" else [f"{socket.language}:amina een", f"{socket.language}:amina twee"]
        )
        assert socket.html == expected
    assert sockets[7].frames == [{"type": "gone", "topic": "place:a"}]
    assert sorted(set(place.rendered)) == [("ar", "readers"), ("nl", "readers")]
    assert len(place.rendered) == 2


async def test_nobody_is_served_after_access_ended(place):  # G7
    """The question is asked again for every fifty sockets: who lost access meanwhile gets nothing."""
    hub, sockets = Hub(), [FakeSocket(f"p{n:03}") for n in range(150)]
    place.readers = {one.actor.person_id for one in sockets}
    _seat(hub, *sockets)
    place.rows = [(1, "amina een")]
    real = place.allowed

    def allowed(subject_id, actors):
        if place.asked == 1:
            place.readers.clear()
        return real(subject_id, actors)

    topics.register(Kind(**{**place.kind().__dict__, "allowed": allowed}))
    hub.hear({"topic": "place:a", "sequence": 1, "item": None})
    await _settle(hub)
    assert sum(bool(socket.html) for socket in sockets) == 50


async def test_words_of_a_kept_apart_author_never_arrive(place):
    hub, one, other = Hub(), FakeSocket("one"), FakeSocket("other")
    place.readers, place.hidden = {"one", "other"}, {"one": {"els"}}
    _seat(hub, one, other)
    place.rows = [(1, "els een"), (2, "amina twee")]
    hub.hear({"topic": "place:a", "sequence": 2, "item": None})
    await _settle(hub)
    assert one.html == ["nl:amina twee"]
    assert other.html == ["nl:els een", "nl:amina twee"]


async def test_what_is_hidden_only_now_goes_from_the_open_page(place):
    """Marked while both pages are open: the line comes anew and empty to the one who must not meet it, as it does when
    words are taken back. Nobody else hears of it, nor she of her own words: that would tell her whose mark it is; G11.
    """
    hub, one, other = Hub(), FakeSocket("one"), FakeSocket("other")
    topics.register(Kind(**{**place.kind().__dict__, "blank": lambda item: "nothing"}))
    place.readers, place.rows = {"one", "other"}, [(1, "els een"), (2, "amina twee")]
    _seat(hub, one, other, after=2)
    place.hidden = {"one": {"els"}}
    for item in ("m-1", "m-2"):
        hub.hear({"topic": "place:a", "sequence": 0, "item": item, "apart": True})
    await _settle(hub)
    assert one.html == ["nothing"]
    assert other.html == []
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1", "apart": True})
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1"})  # taken back at that very moment
    await _settle(hub)
    assert one.html == ["nothing", "nothing"]
    assert other.html == ["nl:els een"]
    assert {key for frame in one.frames for key in frame} == {key for frame in other.frames for key in frame}


async def test_one_who_is_far_behind_keeps_nothing_from_the_others(place, monkeypatch):
    """What is read at once is bounded; whoever says again and again to be at the beginning would fill it alone."""
    hub, far, near = Hub(), FakeSocket("far"), FakeSocket("near")
    read = place.since
    monkeypatch.setattr(place, "since", lambda subject_id, after, item=None: read(subject_id, after, item)[:2])
    topics.register(place.kind())
    place.readers, place.rows = {"far", "near"}, [(n, f"els {n}") for n in range(1, 10)]
    _seat(hub, near, after=8)
    _seat(hub, far, after=0)
    hub.hear({"topic": "place:a", "sequence": 9, "item": None})
    await _settle(hub)
    assert near.html == ["nl:els 9"]
    assert far.html == ["nl:els 1", "nl:els 2"]


async def test_after_a_long_silence_all_of_it_comes_at_once_and_not_a_part_with_each_hint(place, monkeypatch):
    hub, far, gone = Hub(), FakeSocket("far"), FakeSocket("gone")
    read, asked = place.since, []

    def two(subject_id, after, item=None):
        asked.append(after)
        return read(subject_id, after, item)[:2]

    monkeypatch.setattr(place, "since", two)
    topics.register(Kind(**{**place.kind().__dict__, "at_once": 2}))
    place.readers, place.rows = {"far"}, [(n, f"els {n}") for n in range(1, 8)]
    _seat(hub, far, gone, after=0)
    hub.hear({"topic": "place:a", "sequence": 7, "item": None})
    await _settle(hub)
    assert far.html == [f"nl:els {n}" for n in range(1, 8)]
    assert gone.html == []
    assert asked == [0, 2, 4, 6]


async def test_no_frame_tells_that_something_hidden_is_there_or_changed(place):
    """Not that it came, not that it was taken back, and no place of it in the beat of the heart; G11."""
    hub, one, other = Hub(), FakeSocket("one"), FakeSocket("other")
    topics.register(Kind(**{**place.kind().__dict__, "blank": lambda item: "nothing"}))
    place.readers, place.hidden, place.rows = {"one", "other"}, {"one": {"els"}}, [(1, "els een")]
    _seat(hub, one, other)
    hub.hear({"topic": "place:a", "sequence": 1, "item": None})
    await _settle(hub)
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1"})
    await _settle(hub)
    await heartbeat._look_at(hub, "place:a")
    assert [frame["type"] for frame in other.frames] == ["html", "html", "ping"]
    assert one.frames == [{"type": "ping", "topic": "place:a"}]


async def test_whom_a_change_would_tell_something_hears_nothing_of_it(place):
    """Words of someone who is erased are nobody's any more, so the mark that hid them can be asked no longer; G11."""
    hub, one, other = Hub(), FakeSocket("one"), FakeSocket("other")
    place.readers, place.rows = {"one", "other"}, [(1, "els een"), (2, "els twee")]
    _seat(hub, one, other, after=2)
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1", "but": ["one"]})
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1"})
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-2", "but": ["one", "other"]})
    await _settle(hub)
    assert one.frames == []
    assert other.html == ["nl:els een"]


async def test_what_changed_in_place_is_shown_again(place):
    hub, socket = Hub(), FakeSocket("one")
    place.readers, place.rows = {"one"}, [(1, "els een"), (2, "amina twee")]
    _seat(hub, socket, after=2)
    hub.hear({"topic": "place:a", "sequence": 0, "item": "m-1"})
    await _settle(hub)
    assert [(frame["id"], frame["changed"]) for frame in socket.frames] == [("m-1", True)]
    assert socket.followed["place:a"] == 2


async def test_ending_access_closes_the_sockets_of_that_person_only(place):  # G7
    hub, one, phone, other = Hub(), FakeSocket("p", sign_in_id="a"), FakeSocket("p", sign_in_id="b"), FakeSocket("q")
    place.readers = {"p", "q"}
    _seat(hub, one, phone, other)
    hub.hear({"end": "p", "scope": "everything", "sign_in": "b"})
    await _settle(hub)
    assert [one.is_ended, phone.is_ended, other.is_ended] == [False, True, False]
    place.readers = {"q"}
    hub.hear({"end": "p", "scope": "group:a", "sign_in": None})
    await _settle(hub)
    assert one.frames == [{"type": "gone", "topic": "place:a"}]
    assert "place:a" not in one.followed


async def test_a_hint_for_nobody_asks_nothing(place):
    hub = Hub()
    hub.hear({"topic": "place:a", "sequence": 1, "item": None})
    await _settle(hub)
    assert place.asked == 0


async def test_a_thousand_sockets_can_leave_at_once(place):
    hub, sockets = Hub(), [FakeSocket(f"p{n}") for n in range(1000)]
    place.readers = {one.actor.person_id for one in sockets}
    _seat(hub, *sockets)
    place.rows = [(1, "amina een")]
    hub.hear({"topic": "place:a", "sequence": 1, "item": None})
    for socket in sockets:
        hub.leave(socket)
    await _settle(hub)
    assert hub.followers == {}
    assert hub.sockets == set()


async def test_the_heartbeat_finds_what_a_lost_hint_left(place, monkeypatch):  # G7
    """One round for all sockets: ended sign-ins close, lost access lets go, missed items arrive, the place is said."""
    from types import SimpleNamespace

    hub, stays, ended, outside = Hub(), FakeSocket("stays"), FakeSocket("ended"), FakeSocket("outside")
    for socket in (stays, ended, outside):
        socket.session_key = socket.actor.person_id
    place.readers, place.rows = {"stays", "ended"}, [(1, "amina een")]
    _seat(hub, stays, ended, outside)
    known = {one.session_key: SimpleNamespace(actor=one.actor) for one in (stays, outside)}
    asked = []
    monkeypatch.setattr(heartbeat, "in_thread", lambda function: _at_once(function))
    monkeypatch.setattr(heartbeat, "identities_of", lambda keys: asked.append(list(keys)) or known)
    await heartbeat.beat(hub)
    assert len(asked) == 1
    assert ended.is_ended
    assert outside.frames == [{"type": "gone", "topic": "place:a"}]
    assert stays.html == ["nl:amina een"]
    assert stays.frames[-1] == {"type": "ping", "topic": "place:a"}


async def test_what_is_mine_alone_is_told_to_my_own_pages_only(place):
    hub, mine, elsewhere, other = Hub(), FakeSocket("amina"), FakeSocket("amina", language="ar"), FakeSocket("els")
    _seat(hub, mine, elsewhere, other)
    hub.hear({"topic": "place:a", "own": "amina"})
    await _settle(hub)
    assert mine.frames == elsewhere.frames == [{"type": "own", "topic": "place:a"}]
    assert other.frames == []
