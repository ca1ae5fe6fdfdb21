"""The limiter under threads: what is granted never exceeds the limit, on either database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from people import limiter
from people.attempts import Rule


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_never_overrun():  # G16 G17
    def one(number):
        try:
            return limiter.take("race", "key", limit=10, seconds=3600).granted
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        granted = sum(pool.map(one, range(60)))
    assert granted == 10


@pytest.mark.django_db
def test_a_try_given_back_can_be_taken_again():
    rule = Rule("given_back", ("key",), 2)
    for _ in range(50):
        assert limiter.take(rule.purpose, *rule.parts, limit=2, seconds=3600, now=1000.0).granted
        limiter.give_back(rule.purpose, *rule.parts, limit=2, seconds=3600)
    assert [limiter.take(rule.purpose, *rule.parts, limit=2, seconds=3600, now=1000.0).granted for _ in range(3)] == [
        True,
        True,
        False,
    ]


def test_a_clock_that_was_set_back_makes_nobody_wait(db):  # G48
    """An hour ahead by mistake, all used up, and then right again."""
    ahead = 1_000_000.0
    while limiter.take("posts", "anna", limit=5, seconds=60, now=ahead).granted:
        pass
    right = ahead - 3600
    granted = [limiter.take("posts", "anna", limit=5, seconds=60, now=right).granted for _ in range(7)]
    assert granted == [True] * 5 + [False] * 2
