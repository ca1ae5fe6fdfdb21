"""By what ways, in which order: for everything, or for one kind of message. One tap is one change."""

from django import forms

from outreach.vocabulary import Channel, Kind
from outreach.wish import possible_ways

from .part import PartForm


class WaysForm(PartForm):
    """The order of the ways, changed by one tap at a time: put a way on, off, or one higher."""

    part = "ways"
    on = forms.ChoiceField(choices=Channel.choices, required=False)
    off = forms.ChoiceField(choices=Channel.choices, required=False)
    up = forms.ChoiceField(choices=Channel.choices, required=False)

    def changes(self) -> dict:
        return {"channels": self.turned(self.needs.channels)}

    def turned(self, had: tuple[Channel, ...]) -> tuple[Channel, ...]:
        """The order with the one change that was tapped."""
        ways = list(had)
        on, off, up = (self.cleaned_data[name] for name in ("on", "off", "up"))
        if on and on != Channel.IN_APP and on not in ways:
            ways.append(Channel(on))
        if off in ways:
            ways.remove(Channel(off))
        if up in ways[1:]:
            place = ways.index(Channel(up))
            ways[place - 1], ways[place] = ways[place], ways[place - 1]
        return tuple(ways)


class KindForm(WaysForm):
    """An order of its own for one kind of message, begun from what holds for it now; or none of its own any more."""

    part = "kind"
    kind = forms.ChoiceField(choices=Kind.choices)
    as_usual = forms.BooleanField(required=False)

    @property
    def place(self) -> str:
        kind = str(self.data.get("kind", ""))
        return f"kind_{kind}" if kind in Kind.values else "kinds"

    def changes(self) -> dict:
        kind, own = Kind(self.cleaned_data["kind"]), dict(self.needs.channels_by_kind)
        had = tuple(way for way in self.needs.ways_for(kind) if way in possible_ways(kind))
        turned = tuple(way for way in self.turned(had) if way in possible_ways(kind))
        if self.cleaned_data["as_usual"]:
            own.pop(kind, None)
        elif turned != had:
            own[kind] = turned
        return {"channels_by_kind": own}
