"""Requests that no page of ours makes: the fields of every form, with values that break what is built on trust."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import ClassVar
from urllib.parse import quote_from_bytes

from django import forms
from django.http import QueryDict
from hypothesis import strategies as st

FORMS = (
    "groups.forms",
    "moderation.forms",
    "resources.forms",
    "outreach.duty_form",
    "outreach.forms.discreet",
    "outreach.forms.hard_days",
    "outreach.forms.hours",
    "outreach.forms.language",
    "outreach.forms.part",
    "outreach.forms.safe_contact",
    "outreach.forms.ways",
    "outreach.forms.wish",
    "outreach.matching_forms",
    "outreach.newcomer_form",
    "outreach.override_form",
    "outreach.push_form",
    "outreach.round_forms",
    "outreach.word_form",
    "people.forms",
    "people.own_words",
    "outreach.desk_forms",
    "portal.look",
)
# What stands in a field that is filled in as it should be, where the field itself does not say it.
RIGHT = {
    "password": "lamp-brug-rivier-42",
    "current": "lamp-brug-rivier-42",
    "pin": "482913",
    "key": "k" * 22,
    "login": "amina@demo.invalid",
    "email": "iemand@demo.invalid",
    "days": "7",
    "code": "AAAAA-AAAAA",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
    "quiet_day": "",
    "on_day": "",
    "as_usual": "",
    "part": "rhythm",
    "on": "",
    "off": "",
    "up": "",
    "own_words": "een dag",
    "place": "0",
    "weekday": "1",
    "phone": "0470 12 34 56",
    "way": "",
    "back": "/nl/work/reviews/",
    "keep_next": "/nl/my/",
    "after": "3",
    "text": "Dag allemaal.",
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "day": date.today().isoformat(),
    "choice": "",
    "most_families": "6",
    "begins": "23:00",
    "ends": "23:30",
    "first_day": (date.today() + timedelta(days=30)).isoformat(),
    "last_day": (date.today() + timedelta(days=31)).isoformat(),
}
# Read by a view itself, without a form.
LOOSE = (
    "after",
    "before",
    "page",
    "at",
    "back",
    "tab",
    "language",
    "start",
    "remove",
    "state",
    "kept",
    "asked",
    "print",
    "theme",
    "week",
    "next",
)
LONG = 1_000_000
BYTES = [
    *(b"", b" ", b"\x00", b"a\x00b", b"\xed\xa0\x80", b"\xed\xb0\x80x", b"\xff\xfe", b"\xc0\xaf", b"\xf4\x90\x80\x80"),
    *("\u202eabc\u202c\u2066".encode(), "\u200b\u200d\ufeff".encode(), "\U0010ffff\ufffe".encode(), b"\r\n\r\nX: y"),
    *(b"9" * 400, b"-1", b"1e400", b"NaN", b"0x10", "\u0661\u0662".encode(), "\u00b2".encode(), b"9223372036854775808"),
    *(b"99:99", b"0000-00-00", b"9999-12-31", b"9:0:0:0-1", b"12-", b"-", b"9-10-11", "\u00b2-3".encode()),
    *(b"//evil.example", b"/nl/\x00", b"/nl/..%2f", b"http://[::1", b"[", b"{{7*7}}", b"%s%n", b"' OR 1=1 --"),
    *(b"<script>alert(1)</script>", b"a" * 5_000, "ق".encode() * 3_000, b"&" * 9_000, b"." * 3_000, b"1:" * 3_000),
]
HEADERS = [
    {"Accept-Language": "*"},
    {"Accept-Language": "x" * 4_000},
    {"Accept-Language": "nl;q=9999999999999999999,ar;q=\x01,\xff"},
    {"Accept-Language": ",".join(f"a{n}" for n in range(500))},
    {"Cookie": 'kring=\x01; kring-form=\xff; kring-look=%00; kring-device=a"b; =; ;;; $Version=1'},
    {"Cookie": "kring=" + "x" * 4_000},
    {"Cookie": "kring-look=" + "\xed" * 30 + "; kring-language=../../x"},
    {"Host": "evil.example"},
    {"Host": "[::1"},
    {"Host": "a b"},
    {"Host": ""},
    {"Referer": "http://[/"},
    {"Referer": "//\x00"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "\xff"},
    {"X-Forwarded-For": "\x00, ::::, 999.1.1.1"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"},
    {"X-Requested-With": "fetch", "Accept": "\xff/*;q=x"},
    {"If-Modified-Since": "Thu, 99 Foo 99999"},
    {"If-None-Match": '"\xff'},
    {"Range": "bytes=9-1"},
    {"Content-Length": "-1"},
    {"Content-Length": "many"},
]
PART = b'Content-Disposition: form-data; name="text"'
CODED = b"Content-Transfer-Encoding: base64\r\n"
BODIES = [
    ("application/json", b'{"text": '),
    ("text/plain", b"text=a"),
    ("application/x-www-form-urlencoded; charset=utf-16", "text=a".encode("utf-16")),
    ("application/x-www-form-urlencoded; charset=no-such", b"text=a"),
    ("application/x-www-form-urlencoded", b"&".join([b"text=a"] * 2_500)),
    ("application/x-www-form-urlencoded", b"%&=&%zz=%&&;;text"),
    ("application/x-www-form-urlencoded", b"text=" + b"a" * 3_000_000),
    ("application/x-www-form-urlencoded", b"text=" + b"a" * LONG),
    ("application/x-www-form-urlencoded", b"words=" + b"%00" * 20_000),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=\xff", b"--\xff\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\nhalf"),
    ("multipart/form-data; boundary=x", b"--x\r\n" + PART + b"\r\n\r\na\x00\xff\r\n--x--\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\n" + PART + b'; filename="a"\r\n\r\nb\r\n--x--'),
    ("multipart/form-data; boundary=x", b"--x\r\n" + CODED + PART + b"\r\n\r\n!\r\n--x--\r\n"),
]  # fmt: skip


def form_classes() -> Iterator[type[forms.Form]]:
    for path in FORMS:
        module = import_module(path)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, forms.Form) and one.__module__ == path:
                yield one


def filled_in() -> dict[str, str]:
    """Every field there is, as someone would fill it in."""
    right = dict.fromkeys(LOOSE, "")
    for form in form_classes():
        for name, field in form.base_fields.items():
            right[name] = RIGHT.get(name) or _right_for(field)
    return {**right, **{f"day_{day}": "9:00-12:00" for day in range(7)}, **RIGHT}


def _right_for(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField):
        return next((str(value) for value, _ in field.choices if value), "x")
    return "on" if isinstance(field, forms.BooleanField) else "Merel"


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs).encode()


VALUES = st.one_of(st.sampled_from(BYTES), st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode()))


class Watched(QueryDict):
    """Notes which fields are asked for, so that it is these that are broken."""

    asked: ClassVar[set[str]] = set()

    def _noted(self, key) -> None:
        if not self._mutable:  # while it is being read in, it looks into itself
            self.asked.add(key)

    def __getitem__(self, key):
        self._noted(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._noted(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self._noted(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self._noted(key)
        return super().__contains__(key)


def cases(read: set[str], right: dict[str, str]) -> st.SearchStrategy:
    """(method, query, content type, body, headers): mostly a field or two broken in a form that is right otherwise."""
    names = st.sampled_from(sorted(read) or ["text"])
    broken = st.lists(st.tuples(names, VALUES), min_size=1, max_size=3)
    left_out = st.one_of(st.just(set()), st.sets(names, max_size=3))

    def a_form(parts):
        wrong, without = parts
        changed = {name for name, _ in wrong}
        kept = [(name, right[name].encode()) for name in sorted(read - changed - without) if right.get(name)]
        return ("post", b"", "application/x-www-form-urlencoded", encoded(kept + wrong), {})

    whole = st.tuples(broken, left_out).map(a_form)
    query = broken.map(lambda wrong: ("get", encoded(wrong), "", b"", {}))
    headers = st.tuples(st.sampled_from(["get", "post"]), st.sampled_from(HEADERS)).map(
        lambda pair: (pair[0], b"", "application/x-www-form-urlencoded", b"", pair[1])
    )
    bodies = st.sampled_from(BODIES).map(lambda pair: ("post", b"", *pair, {}))
    return st.one_of(whole, whole, whole, query, headers, bodies)
