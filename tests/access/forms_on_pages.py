"""The forms that stand on a page, read as a browser does: their fields, what is in them, and what is said beside."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib

SECRET = ("password", "pin", "current", "code")
WRAPPERS = ("field", "stack", "composer", "fold__body", "review__decide")


@dataclass
class Control:
    name: str
    kind: str  # text, area, number, email, date, time, choice, select, tick, hidden, password, button
    value: str = ""
    most: int = 0
    beside: str = ""


@dataclass
class FormOnPage:
    action: str
    controls: dict[str, Control] = field(default_factory=dict)

    def typed_in(self) -> Iterator[Control]:
        """What a person writes or chooses here."""
        for control in self.controls.values():
            if control.kind not in ("hidden", "button") and control.name not in SECRET and control.kind != "password":
                yield control


def forms_of(html: str, address: str) -> list[FormOnPage]:
    """The forms in the main part that change something."""
    root = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    parents = {child: parent for parent in root.iter() for child in parent}
    main = root.find(".//main")
    if main is None:
        return []
    found = []
    for one in main.iter("form"):
        if one.get("method", "").lower() == "post":
            form = FormOnPage(one.get("action") or address)
            owned = [
                *one.iter(),
                *(other for other in root.iter() if one.get("id") and other.get("form") == one.get("id")),
            ]
            for element in owned:
                _take(form, element, parents)
            found.append(form)
    return found


def _take(form: FormOnPage, element: Element, parents: dict) -> None:
    name, kind = element.get("name", ""), element.get("type", "text")
    if not name or element.tag not in ("input", "textarea", "select"):
        return
    control = Control(name, kind, element.get("value", ""), int(element.get("maxlength") or 0))
    if element.tag == "textarea":
        control.kind, control.value = "area", "".join(element.itertext())
    elif element.tag == "select":
        chosen = [one.get("value", "") for one in element.iter("option") if one.get("selected") is not None]
        control.kind, control.value = "select", chosen[0] if chosen else ""
    elif kind == "radio":
        before = form.controls.get(name)
        control.kind = "choice"
        if element.get("checked") is None:
            control.value = before.value if before else ""
    elif kind == "checkbox":
        control.kind, control.value = "tick", "on" if element.get("checked") is not None else ""
    control.beside = _beside(element, parents)
    form.controls[name] = control


def _beside(element: Element, parents: dict) -> str:
    """What is said to be wrong right there: within the box of this field."""
    said = {"".join(one.itertext()).strip() for one in _box(element, parents).iter() if _is_wrong(one)}
    return " ".join(sorted(said))


def _box(element: Element, parents: dict) -> Element:
    here = element
    while here in parents and here.tag != "form":
        here = parents[here]
        classes = here.get("class", "").split()
        if here.tag == "fieldset" or any(one in WRAPPERS for one in classes):
            return here
    return here


def _is_wrong(element: Element) -> bool:
    return "field__wrong" in element.get("class", "").split()
