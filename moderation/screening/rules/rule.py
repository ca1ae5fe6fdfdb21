"""What a rule is: a kind of finding, whether a text with it must wait, whom to call, and how it is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from moderation.screening.folding import Folded
from moderation.screening.lexicons import spans_of

Find = Callable[[Folded], Iterable[tuple[int, int]]]


@dataclass(frozen=True)
class Rule:
    """`find` gives spans in the folded text; each begins before it ends."""

    kind: str
    find: Find
    must_wait: bool = True
    needs: tuple[str, ...] = ()


def by_word_list(kind: str) -> Find:
    """Finds what the word lists of all languages have under this kind."""

    def find(folded: Folded) -> Iterable[tuple[int, int]]:
        return spans_of(kind, folded)

    return find
