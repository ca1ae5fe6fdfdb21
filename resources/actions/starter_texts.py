"""From the starter's TOML to the fields of pages and services. Pure: reads dicts, writes nothing."""

from resources import numbers
from resources.vocabulary import Audience, Need

TEXTS = [
    "name",
    "explained",
    "what_for",
    "for_whom",
    "how",
    "while_waiting",
    "cost",
    "anonymous",
    "languages",
    "hours",
]  # the fields of a service that are words


def home_fields(text):
    """The home page. Without a text there is still a page, with the name of the portal."""
    return {
        "title": text.get("title", "Kring"),
        "lead": text.get("lead", ""),
        "under18": text.get("under18", ""),
        "expect_heading": text.get("expect_heading", ""),
        "questions_heading": text.get("questions_heading", ""),
        "call_heading": text.get("call_heading", ""),
        "doors": [("door", pick(door, "key", "name", "hint")) for door in text.get("doors", [])],
        "expect": [("promise", pick(promise, "icon", "bold", "text")) for promise in text.get("expect", [])],
    }


def info_body(key, text):
    return {
        "key": key,
        "title": text["title"],
        "slug": text["slug"],
        "summary": text.get("summary", ""),
        "body": [("section", section(part)) for part in text.get("sections", [])],
    }


def guidance_body(text):
    """Danger first: whoever needs that box must not have to scroll for it."""
    parts = []
    if text.get("urgent"):
        urgent = text["urgent"]
        keys = [key_of(number) for number in urgent.get("numbers", [])]
        shown = {"title": urgent["title"], "text": urgent["text"], "numbers": [key for key in keys if key]}
        parts.append(("urgent", shown))
    parts += [("section", section(part)) for part in text.get("sections", [])]
    if text.get("today"):
        parts.append(("today", {"steps": [pick(step, "title", "text") for step in text["today"]]}))
    calls = [call(row) for row in text.get("call", [])]
    if calls:
        parts.append(("calls", {"calls": [row for row in calls if row["number"] or row["service"]]}))
    return parts


def section(part):
    return {
        "heading": part.get("heading", ""),
        "text": part.get("text", []),
        "points": part.get("points", []),
    }


def call(row):
    return {
        "number": key_of(row.get("number", "")),
        "service": row.get("service", ""),
        "why": row.get("why", ""),
    }


def key_of(number):
    """The key of a number of the list; nothing for any other: it is not taken over."""
    told = numbers.by_key(number, "nl") if number else None
    return told.key if told else ""


def service_fields(text):
    fields = {name: text.get(name, "") for name in TEXTS}
    website = text.get("website", "")
    fields["website"] = website if not website or "://" in website else f"https://{website}"
    fields["key"] = text["key"]
    fields["number"] = key_of(text.get("number", ""))
    fields["needs"] = [need for need in text.get("needs", []) if need in Need.values]
    fields["audience"] = [one for one in text.get("audience", []) if one in Audience.values]
    fields["without_name"] = bool(text.get("without_name"))
    fields["broad_entrance"] = bool(text.get("broad_entrance"))
    fields["aliases"] = ", ".join(text.get("aliases", []))
    return fields


def pick(row, *names):
    return {name: row.get(name, "") for name in names}
