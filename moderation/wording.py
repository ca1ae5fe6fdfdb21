"""Sentences of the review pages that depend on what was found and on the author's language."""

from dataclasses import dataclass

from django.utils.translation import override

from .models import Review
from .vocabulary import FINDING_WORDS, NOTE_SENTENCES, FindingKind, NoteStart


@dataclass(frozen=True)
class Found:
    strong: str
    text: str


def findings_in_words(review: Review) -> list[Found]:
    """One line for each mark in the text, in the same order and with the same number."""
    ordered = sorted(review.findings, key=lambda one: (one[1], one[2], one[0]))
    return [Found(f"{FindingKind(kind).label}.", str(FINDING_WORDS[FindingKind(kind)])) for kind, _, _ in ordered]


def with_start(words: str, start: str, language: str) -> str:
    """What was typed, with a first sentence in the language of the author before it; twice is once."""
    if start not in NoteStart.values:
        return words
    with override(language):
        sentence = str(NOTE_SENTENCES[NoteStart(start)])
    if sentence in words:
        return words
    return f"{sentence} {words}".strip() if not words.strip() else f"{words.rstrip()} {sentence}"
