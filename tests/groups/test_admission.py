"""The way in, walked at random (G11). The many sequences are walked by `python -m tests.faults apart`."""

import pytest

from tests.admission import walk


@pytest.mark.django_db
def test_no_way_in_brings_two_together_who_are_kept_apart():  # G11
    seen = walk(sequences=8, steps=40)
    assert seen["sequences"] >= 8
    assert seen["let in"] > 10
    assert seen["kept out"] > 0
