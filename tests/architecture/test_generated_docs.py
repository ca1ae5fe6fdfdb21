"""What is printed from the code is fresh, and every field of every model is classified as personal or not."""

import pytest

from portal import generated_docs

pytestmark = pytest.mark.db_free


@pytest.mark.parametrize("name", sorted(generated_docs.PAGES))
def test_the_generated_page_is_fresh(name):
    file = generated_docs.FOLDER / name
    assert file.exists(), "run `manage.py generate_docs`"
    assert file.read_text() == generated_docs.PAGES[name](), "run `manage.py generate_docs`"


def test_every_field_is_classified():  # G42
    assert generated_docs.fields_without_entry() == []


def test_every_entry_of_the_register_is_complete():  # G42
    assert generated_docs.incomplete_entries() == []


def test_an_entry_without_a_ground_is_found(monkeypatch):  # G42
    from groups import personal_data

    monkeypatch.delitem(personal_data.GROUND_AND_ACCESS, "Draft")
    assert "groups: Draft.text" in generated_docs.incomplete_entries()


def test_every_act_follows_the_grammar():
    from people.policy import REGISTRY

    assert len(REGISTRY) > 20
    assert [act for act in REGISTRY if len(act.split(":")) != 3] == []


def test_every_act_says_its_condition_in_a_sentence():
    """A coordinator reads the printed page: an empty cell tells her nothing."""
    from people.policy import REGISTRY

    assert [act for act, rule in REGISTRY.items() if not (rule.rule.__doc__ or "").strip()] == []
