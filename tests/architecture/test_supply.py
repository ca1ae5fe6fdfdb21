"""What Kring is made of: every library pinned by hash and written down, and no secret among the sources (G47)."""

import importlib.util
import json
import sys

import pytest

from .sources import ROOT

pytestmark = pytest.mark.db_free


@pytest.fixture(scope="module")
def supply():
    spec = importlib.util.spec_from_file_location("kring_supply", ROOT / ".ci" / "supply.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["kring_supply"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["kring_supply"]


def test_every_library_is_pinned_by_hash(supply, capsys):  # G47
    assert supply.pinned() == 0, capsys.readouterr().out
    libraries, odd = supply.locked(supply.lock("base"))
    assert len(libraries) > 40
    assert odd == []


@pytest.mark.parametrize(
    "line", ["django", "django>=5", "django==5.2", "git+https://x.invalid/y", "-i https://x.invalid/"]
)
def test_a_line_without_version_or_hash_is_found(supply, line):  # G47
    assert supply.locked(f"{line}\n")[1]


def test_the_bill_names_every_library_once(supply, tmp_path, monkeypatch):  # G47
    monkeypatch.setenv("DATA", str(tmp_path))
    assert supply.bill() == 0
    bill = json.loads((tmp_path / "kring.cdx.json").read_text())
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs)) == len(supply.locked(supply.lock("base"))[0])
    assert any(one.startswith("pkg:pypi/django@5.2") for one in refs)


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "key = '" + "A" * 43 + "='",
        "AKIA" + "B" * 16,
        "FIELD_KEYS=" + "c" * 43,
        "ghp_" + "d" * 36,
    ],
)
def test_a_secret_is_found(supply, text):  # G47
    assert supply.found_in(text)


def test_the_sources_hold_no_secret(supply, capsys):  # G47
    assert supply.secrets() == 0, capsys.readouterr().out


def test_a_known_flaw_is_told_and_an_answer_that_does_not_fit_too(supply):  # G47
    libraries = supply.locked(supply.lock("base"))[0][:2]
    flawed = {"results": [{}, {"vulns": [{"id": "X-1"}]}]}
    assert supply.told(libraries, {"results": [{}, {}]}) == []
    assert supply.told(libraries, flawed) == [f"{libraries[1].name} {libraries[1].version}: X-1"]
    assert supply.told(libraries, {"results": []})
