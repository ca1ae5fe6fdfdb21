"""Words in a box outlive the session: beside the sign-in fields, then in the same box for the same account (G48)."""

import pytest
from django.test import Client
from django.urls import reverse

from people.vocabulary import Role

from .every_form import forms_in
from .forms_on_pages import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # the same pages whatever the database

WORDS = "Dit schreef ik terwijl de tijd om was."


def controls(html: str, address: str) -> dict:
    return {one.name: one for form in forms_of(html, address) for one in form.controls.values()}


def test_what_is_written_in_any_box_comes_back_after_signing_in(town):
    faults, boxes = [], []
    for client, url, form in forms_in(town, "nl"):
        areas = [one for one in form.controls.values() if one.kind == "area" or one.name == "subject"]
        for box in areas:
            if "keep_what" not in form.controls:
                faults.append(f"{url} → {form.action}: nothing says whose {box.name} is")
                continue
            hidden = {one.name: one.value for one in form.controls.values() if one.kind == "hidden"}
            away = Client().post(form.action, {**hidden, box.name: WORDS})
            kept = {name: one.value for name, one in controls(away.content.decode(), "").items() if "keep_" in name}
            if away.status_code != 401 or kept.get("keep_text") != WORDS:
                faults.append(f"{url}, {box.name}: {away.status_code}, kept {kept}")
                continue
            stranger = town.client(Role.PARENT_OF_ANOTHER_GROUP)
            if stranger.post(reverse("account_login"), kept).url == kept["keep_next"]:
                faults.append(f"{url}, {box.name}: handed to someone else")
            onward = client.post(reverse("account_login"), kept).url
            again = controls(client.get(onward).content.decode(), onward)
            if box.name not in again or again[box.name].value.strip() != WORDS:
                faults.append(f"{url}, {box.name}: not on {onward}")
            once = controls(client.get(onward).content.decode(), onward)
            if kept["keep_what"].startswith("box:") and once[box.name].value.strip() == WORDS:
                faults.append(f"{url}, {box.name}: stays in the session")
            boxes.append(box.name)
    assert faults == [], "\n".join(faults)
    assert len(boxes) >= 7, boxes
