"""Every form that someone of the demo town finds on a page, with the browser of the first for whom that page opens."""

from collections.abc import Iterator

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from people.vocabulary import Role
from tests.worlds import Town

from .addresses import every_address, examples
from .forms_on_pages import FormOnPage, forms_of
from .test_hostile import who_may
from .test_matrix import address_of

EXCEPTED = ("components",)  # shows how forms look; nothing is sent from there


def forms_in(town: Town, language: str) -> Iterator[tuple[Client, str, FormOnPage]]:
    """Each kind of form once: by where it is sent and what is in it."""
    values, clients, seen = examples(town), {}, set()
    facilitator = clients[Role.FACILITATOR] = town.client(Role.FACILITATOR)
    facilitator.post(reverse("work:claim", args=[values["review_id"]]))  # only who holds it can decide
    for address in every_address():
        if address.name in EXCEPTED:
            continue
        try:
            url = address_of(address, town, values).replace("/nl/", f"/{language}/", 1)
        except (NoReverseMatch, KeyError):
            continue
        role = Role.FACILITATOR if address.name == "work:review" else who_may(address)
        client = clients.setdefault(role, town.client(role))
        for form in _on(client, url):
            kind = (resolve(form.action.partition("?")[0]).view_name, *sorted(form.controls))
            if kind not in seen:
                seen.add(kind)
                yield client, url, form


def _on(client: Client, url: str) -> list[FormOnPage]:
    with transaction.atomic():
        answer = client.get(url)
        transaction.set_rollback(True)
    is_page = answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "") and not answer.streaming
    return forms_of(answer.content.decode(), url) if is_page else []
