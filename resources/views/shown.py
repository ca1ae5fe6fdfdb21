"""From what is stored to what a template shows: plain rows, nothing decided, no query."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext

from resources import numbers

LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "Français", "en": "English", "ar": "العربية", "tr": "Türkçe"}
DOOR_LOOKS = {"worry": ("worry", ""), "talk": ("talk", "lamp"), "work": ("together", "calm")}
DOOR_KEYS = {"worry": "worry", "talk": "talk", "work": "professionals"}
CHILD_LINE = {"fr": "103"}
COMMA = {"ar": "، "}
SHORT = ("for_whom", "how", "languages", "while_waiting")


@dataclass(frozen=True)
class Link:
    url: str
    title: str


@dataclass(frozen=True)
class Fact:
    word: str
    text: str

    @property
    def unknown(self):
        return not self.text


@dataclass(frozen=True)
class Call:
    """A number to call, with the words of this page."""

    dial: str
    shown: str
    what: str
    first: bool = False


def links(pages):
    return [Link(page.address, page.title) for page in pages]


def doors(page, known):
    """The ways in; one whose page is not there yet leads to all there is to read."""
    found = []
    for door in page.doors:
        key = door.value["key"]
        icon, tone = DOOR_LOOKS.get(key, ("together", ""))
        url = known.get(DOOR_KEYS.get(key)) or reverse("guidance")
        found.append({"url": url, "name": door.value["name"], "hint": door.value["hint"], "icon": icon, "tone": tone})
    return found


def child_line(language):
    return numbers.by_key(CHILD_LINE.get(language, "102"), language)


def with_number(text, number, language):
    """A sentence with its number as a link that calls."""
    before, found, after = text.partition("{number}")
    if not found or number is None:
        return before + after
    return format_html('{}<a href="tel:{}"><span dir="ltr">{}</span></a>{}', before, number.dial, number.shown, after)


def parts(page):
    """The blocks of a text in their order, as `(kind, value)`; whom to call stands beside the text."""
    return [(part.block_type, shown_part(part, page)) for part in page.body if part.block_type != "calls"]


def shown_part(part, page):
    if part.block_type != "urgent":
        return part.value
    told = [numbers.by_key(key, page.language) for key in part.value["numbers"]]
    return {"title": part.value["title"], "text": part.value["text"], "numbers": [one for one in told if one]}


def numbers_of(page):
    """The numbers that the page names, each with the reason why."""
    found = []
    for call in page.calls:
        told = numbers.by_key(call["number"], page.language) if call["number"] else None
        if told is not None:
            found.append(Call(told.dial, told.shown, call["why"] or told.what, told.first))
    return found


def services_of(page, known):
    """The services that the page names and that the directory of its language has, each with the reason why."""
    return [
        {"service": known[call["service"]], "why": call["why"], "url": service_url(call["service"])}
        for call in page.calls
        if call["service"] in known
    ]


def service_url(key):
    return reverse("help_service", kwargs={"key": key})


def service(one, *, short=False):
    """What components/service.html and the page of one service show; in a list only what decides whether to go on."""
    number = one.told(get_language())
    return {
        "name": one.name,
        "explained": one.explained,
        "intro": one.what_for,
        "badges": badges(one),
        "facts": facts(one, number, SHORT if short else None),
        "dial": number.dial if number else "",
        "shown": number.shown if number else "",
        "url": service_url(one.key),
        "website": one.website,
        "website_shown": one.website.removeprefix("https://").removeprefix("http://").rstrip("/"),
    }


def badges(one):
    found = []
    if one.without_name:
        found.append({"label": pgettext("anonymous", "Without giving your name"), "tone": "calm", "icon": "check"})
    return found


def facts(one, number, only=None):
    """What a parent may want to know; what nobody checked says so. A telephone is always among them."""
    found = [Fact(str(word), text) for name, word, text in one.facts() if only is None or name in only]
    if number is None and not one.website:
        found.insert(2, Fact(pgettext("service.number", "Telephone"), ""))
    return found


def languages_sentence(readable):
    """'Not yet in your language. You can read it in: …', with each language a link in its own words."""
    comma = COMMA.get(get_language(), ", ")
    named = format_html_join(
        comma,
        '<a href="{0}" lang="{1}" hreflang="{1}"><bdi>{2}</bdi></a>',
        [(address, code, LANGUAGE_NAMES.get(code, code)) for code, address in readable.items()],
    )
    sentence = pgettext("not.translated", "Not yet in your language. You can read it in: {languages}.")
    before, _, after = sentence.partition("{languages}")
    return format_html("{}{}{}", before, named, after)
