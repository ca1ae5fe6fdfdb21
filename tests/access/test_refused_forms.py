"""A form that comes back: what was typed stands there again, and the sentence beside its field is ours, in the
language of the reader (G48).

Every form on every page, each field broken in turn, as no page of ours would send it.
"""

from http.cookies import SimpleCookie

import pytest
from django import forms
from django.core import validators
from django.db import transaction
from django.utils import translation

from .every_form import forms_in
from .forms_on_pages import Control, FormOnPage, forms_of
from .hostile import RIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]

LANGUAGES = ("nl", "ar")


def stock_sentences() -> set[str]:
    """What the framework itself would say, in the language of now; the beginning, where a value follows."""
    said = set()
    kinds = [one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, forms.Field)]
    for kind in kinds:
        said |= {str(one) for one in getattr(kind, "default_error_messages", {}).values()}
    said |= {str(one.message) for one in (validators.EmailValidator, validators.ProhibitNullCharactersValidator)}
    said |= {str(one.message) for one in (validators.MinValueValidator, validators.MaxValueValidator)}
    return {one.split("%")[0].strip() for one in said if len(one.split("%")[0].strip()) > 8}


def typed(control: Control) -> str:
    """Something to recognise, that fits."""
    if control.kind in ("text", "area"):
        words = RIGHT.get(control.name) if control.name not in ("text",) else ""
        return words or f"Zelf getypt {control.name}"[: control.most or 40]
    if control.kind == "email":
        return "zelf@getypt.invalid"
    return control.value or RIGHT.get(control.name, "")


def breaks(control: Control) -> list[str]:
    """Values that this kind of field must refuse."""
    if control.kind in ("choice", "select"):
        return ["no-such-choice"]
    if control.kind in ("number", "date", "time"):
        return ["x1"]
    if control.kind in ("text", "area", "email"):
        return ["Te veel woorden. " * (4000 // 17 * 5), "Met een \x00 erin"]
    return []


def sent(client, url: str, data: dict[str, str]):
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = client.post(url, data)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return answer


def faults_of(client, form: FormOnPage, url: str, language: str) -> tuple[list[str], int]:
    """What is wrong with the answers to this form, and how many of them were refusals that came back with the form."""
    data = {one.name: one.value for one in form.controls.values() if one.kind == "hidden"}
    data |= {one.name: typed(one) for one in form.typed_in()}
    data |= {name: RIGHT[name] for name in form.controls if name in RIGHT and form.controls[name].kind == "password"}
    faults, back = [], 0
    for control in form.typed_in():
        for value in breaks(control):
            given = {**data, control.name: value}
            answer = sent(client, form.action, given)
            where = f"{language} {url} → {form.action}, {control.name} = {value[:20]!r}"
            if answer.status_code < 400:
                continue
            html = answer.content.decode()
            again = {one.name: one for found in forms_of(html, form.action) for one in found.controls.values()}
            mine = again.get(control.name)
            if mine is None:
                faults.append(f"{where}: {answer.status_code} without the form")
                continue
            back += 1
            if not mine.beside:
                faults.append(f"{where}: no sentence beside the field")
            faults += [f"{where}: stock sentence {one!r}" for one in stock_sentences() if one in mine.beside]
            for other in form.typed_in():
                kept = again.get(other.name)
                wanted = (
                    given[other.name].replace("\x00", "").strip() if other.kind in ("text", "area", "email") else ""
                )
                has = kept.value.replace("\ufffd", "").replace("\x00", "").strip() if kept else ""
                if wanted and wanted != has:
                    faults.append(f"{where}: {other.name} lost {wanted[:30]!r}, has {has[:30]!r}")
    return faults, back


def every_form_broken(town, language: str) -> tuple[int, int, list[str]]:
    faults, back, seen = [], 0, 0
    for client, url, form in forms_in(town, language):
        wrong, came = faults_of(client, form, url, language)
        faults, back, seen = faults + wrong, back + came, seen + 1
    return seen, back, faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_beside_it(town_with_guidance, language):
    with translation.override(language):
        seen, back, faults = every_form_broken(town_with_guidance, language)
    print(f"{language}: {seen} forms, {back} refusals")
    assert faults == [], "\n".join(faults)
    assert back > 40
