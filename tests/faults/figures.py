"""Figures of a fault: each is told as `name value (limit)`, and a breach is remembered."""

from collections.abc import Iterable


class Figures:
    def __init__(self, fault: str):
        self.fault = fault
        self.breaches: list[str] = []

    def told(self, name: str, value) -> None:
        """A figure without a limit, for who reads along."""
        self._line(name, value, "no limit", True)

    def exactly(self, name: str, value, wanted) -> None:
        self._line(name, value, f"{wanted}", value == wanted)

    def at_most(self, name: str, value: float, limit: float, unit: str = "") -> None:
        self._line(name, _short(value) + unit, f"at most {_short(limit)}{unit}", value <= limit)

    def at_least(self, name: str, value: float, limit: float, unit: str = "") -> None:
        self._line(name, _short(value) + unit, f"at least {_short(limit)}{unit}", value >= limit)

    def _line(self, name: str, value, limit: str, holds: bool) -> None:
        line = f"{self.fault}: {name} {value} ({limit})"
        if not holds:
            self.breaches.append(line)
            line += "  BREACH"
        print(line, flush=True)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def share(values: Iterable[float], part: float) -> float:
    """The value that this part of the others does not exceed: `share(times, 0.95)` is the p95."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
