"""The drill: a Kring of fifty is backed up, restored on an empty machine, and one of the fifty is erased for good.

Runs on the database the suite runs on, in processes and a data folder of its own.
"""

import pytest

from tests.faults.place import Prepared

STEPS = "tests.portal.drill"


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """A place with the fifty, and a way to empty machines that hold its keys and nothing else."""
    empty = Prepared(tmp_path_factory.mktemp("empty"))
    (empty.folder / "town").mkdir()
    try:
        empty.build(STEPS, "tables")
        with empty.place("live") as place, place.helper(STEPS) as live:
            yield live, empty, live.ask("mark"), tmp_path_factory.mktemp("elsewhere")
    finally:
        empty.drop()


def test_a_backup_comes_back_whole_or_not_at_all_and_the_erased_stay_gone(machines):  # G43, G44
    live, empty, marked, elsewhere = machines
    file = elsewhere / "one.kring"
    assert live.ask("back_up", file=str(file)) > 500
    before, history = live.ask("fingerprint"), live.ask("history")
    content = file.read_bytes()
    assert [word for word in marked["words"] if word.encode() in content] == []

    with empty.place("second") as place, place.helper(STEPS) as second:
        untouched = second.ask("fingerprint")
        for name, harmed in (
            ("cut", content[:-1000]),
            ("flipped", content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]),
            ("foreign", b"something else" + content),
        ):
            (elsewhere / name).write_bytes(harmed)
            assert second.ask("restore", file=str(elsewhere / name)) != ""
        assert "key" in second.ask("restore", file=str(file), wrong_key=True)
        assert second.ask("fingerprint") == untouched
        assert second.ask("restore", file=str(file)) == ""
        assert second.ask("fingerprint") == before
        assert second.ask("history") == [True, history[1] + 1]  # and that all sign-ins ended
        assert history[0] is True
        assert (live.ask("signed_in"), second.ask("signed_in")) == ([50, 50], [0, 0])
    assert "already" in live.ask("restore", file=str(file))
    assert live.ask("fingerprint") == before

    one, shape = marked["people"][7], live.ask("shape", conversation_of="load")
    needles = live.ask("needles", person=one)
    assert live.ask("in_bytes", words=needles) == len(needles)  # the search can find them
    assert live.ask("erase", person=one) == {"keepers": ["groups", "moderation", "outreach", "people"], "scrubbed": 1}
    assert live.ask("left_in_bytes", words=needles) == 0
    after = live.ask("shape", conversation_of="load")
    assert [place for place, _ in after] == [place for place, _ in shape]
    assert sum(words for _, words in shape) - sum(words for _, words in after) == 1

    live.ask("back_up", file=str(elsewhere / "two.kring"))
    with empty.place("third") as place, place.helper(STEPS) as third:
        assert third.ask("restore", file=str(file)) == ""
        assert one not in third.ask("people")
        assert set(third.ask("people")) == set(live.ask("people"))
        assert third.ask("history")[0] is True
        assert third.ask("erased") == 1
