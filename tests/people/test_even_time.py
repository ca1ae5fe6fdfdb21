"""The next page after a lost password comes at the same moment, whoever it is about (G18)."""

import pytest
from django.urls import reverse

from people import even_time
from people.recovering import Recovery

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that the work moves, and that notes how long was waited."""

    def __init__(self):
        self.now, self.waited = 100.0, []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    ours = Clock()
    monkeypatch.setattr(even_time, "time", ours)
    return ours


@pytest.mark.parametrize("work", [0.0, 0.009, 0.019, 0.15])
def test_it_ends_at_one_moment_however_long_the_work_was(clock, work):
    with even_time.even_time():
        clock.now += work
    assert clock.now == pytest.approx(100.0 + even_time.SECONDS)


def test_work_that_took_longer_is_not_waited_for_and_a_refusal_is_no_quicker(clock):
    with even_time.even_time():
        clock.now += 1.0
    assert clock.waited == [0.0]
    with pytest.raises(ZeroDivisionError), even_time.even_time():
        raise ZeroDivisionError
    assert clock.waited[1] == pytest.approx(even_time.SECONDS)


@pytest.mark.parametrize(("name", "work"), [("someone", 0.018), ("nobody", 0.009)])
def test_a_lost_password_is_answered_then_for_everyone(client, clock, monkeypatch, name, work):
    def begin(request, asked):
        assert asked == name
        clock.now += work

    monkeypatch.setattr(Recovery, "begin", begin)
    assert client.post(reverse("account_reset_password"), {"login": name}).status_code == 302
    assert clock.now == pytest.approx(100.0 + even_time.SECONDS)
