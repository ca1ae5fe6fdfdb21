"""Public addresses open for everyone, and tell nothing about who asks."""

import pytest
from django.urls import NoReverseMatch

from people.vocabulary import Role

from .addresses import every_address, examples
from .test_matrix import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # the same pages whatever the database


def test_public_addresses_open_for_everyone(town_with_guidance):
    values, seen = examples(town_with_guidance), 0
    for address in every_address():
        if address.audience != "public" or address.name in ("readyz", "wagtail_serve"):
            continue
        try:
            url = address_of(address, town_with_guidance, values)
        except NoReverseMatch:
            continue
        response = town_with_guidance.client(Role.ANONYMOUS).get(url)
        assert response.status_code in (200, 302), f"{address.name}: {response.status_code}"
        seen += 1
    assert seen > 8
