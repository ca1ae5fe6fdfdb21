"""Every address that shows a page is one that axe and the measures look at: a new page cannot stay unseen."""

import inspect

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from tests.access.addresses import every_address

from .walks import WALKS, walk

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

# What answers to a GET and shows no page of its own.
NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "robots": "for machines",
    "sitemap": "for machines",
    "manifest": "for the browser",
    "service_worker": "for the browser",
    "wagtaildocs_serve": "a file",
    "front_door": "leads to the home of a language",
    "exit": "leads away from the portal",
    "about": "leads to the page in the words of the language",
    "your_data": "leads to the page in the words of the language",
    "safe_phone": "leads to the page in the words of the language",
    "accessibility": "leads to the page in the words of the language",
    "talk_with_parents": "leads to the page in the words of the language",
    "professionals": "leads to the page in the words of the language",
    "second_factor_picture": "a picture that stands on a page",
    "work:card_picture": "a picture that stands on a page",
    "groups:later": "a part of the conversation",
    "work:reviews_news": "a part of the queue",
    "work:override_news": "lines that stand on every page of staff",
    "work:duty": "leads to the week of one's first team",
    "work:outreach_card": "leads back to the parent; opened, it stands there",
    "work:override_card": "leads back to what was decided; opened, it stands there",
    "work:outreach_letter": "leads back to the parent; the letter itself is a sheet to print",
    "work:outreach_moment": "leads back to the parent, where the form stands",
}


def methods_of(view) -> set[str]:
    """What a view says it takes. The innermost word counts; one that says nothing takes everything."""
    said = {"GET"}
    while view is not None:
        said = set(inspect.getclosurevars(view).nonlocals.get("request_method_list", said))
        view = getattr(view, "__wrapped__", None)
    return said


def test_every_address_that_shows_a_page_is_walked_to(portal, visitor, colleague):
    every = {address.name for address in every_address() if "GET" in methods_of(address.pattern.callback)}
    for who in set(WALKS) - set(portal.walked):
        for _ in walk(who, portal, visitor, colleague, "nl"):
            pass
    with translation.override("nl"):
        walked = {view_name(path) for paths in portal.walked.values() for path in paths}
    assert every - walked - set(NO_PAGE) == set()
    assert set(NO_PAGE) - every == set(), "an exception that no address needs"
    assert walked & set(NO_PAGE) == set(), "an exception that is walked to after all"


def view_name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def test_what_only_takes_a_form_is_told_from_a_page():
    methods = {address.name: methods_of(address.pattern.callback) for address in every_address()}
    assert "GET" in methods["my:home"]
    assert "GET" not in methods["work:claim"]
    assert "GET" not in methods["my:notice_open"]
    assert sum("GET" not in one for one in methods.values()) > 40
