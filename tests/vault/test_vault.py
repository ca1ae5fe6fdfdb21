"""Secrets stay secret: ciphertext in the column, keys that must fit, files that must be whole."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from vault import keyring, purpose, sealed_file
from vault.ids import PATTERN, new_id
from vault.models import MasterSecret


@pytest.mark.db_free
def test_ids_are_22_opaque_characters():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(PATTERN.match(one) for one in ids)


@pytest.mark.db_free
def test_the_newest_key_writes_and_every_key_reads(settings):
    old = settings.FIELD_KEYS[0]
    token = keyring.encrypt("regen")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), old]
    assert keyring.decrypt(token) == "regen"
    renewed = keyring.renew(token)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert keyring.decrypt(renewed) == "regen"
    with pytest.raises(keyring.KeyDoesNotFit):
        keyring.decrypt(token)


@pytest.mark.django_db
def test_the_column_holds_ciphertext_and_cannot_be_searched():
    purpose.keyed_hash("test", "x")
    row = MasterSecret.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM vault_mastersecret")
        assert row.value not in cursor.fetchone()[0]
    with pytest.raises(FieldError):
        MasterSecret.objects.filter(value__contains="a").exists()


@pytest.mark.django_db
def test_a_key_that_does_not_fit_stops_the_start_with_a_sentence(settings):
    purpose.keyed_hash("test", "x")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(keyring.KeyDoesNotFit, match=r"FIELD_KEYS does not fit this data"):
        purpose.verify_keys()


@pytest.mark.django_db
def test_a_keyed_hash_depends_on_purpose_and_on_where_words_end():
    assert purpose.keyed_hash("a", "x") != purpose.keyed_hash("b", "x")
    assert purpose.keyed_hash("a", "xy", "z") != purpose.keyed_hash("a", "x", "yz")


@pytest.mark.db_free
@pytest.mark.parametrize("size", [0, 10, sealed_file.PIECE, 2 * sealed_file.PIECE + 5])
def test_a_sealed_file_comes_back_whole(tmp_path, size):
    plain = tmp_path / "plain"
    plain.write_bytes(b"k" * size)
    sealed_file.seal(plain, tmp_path / "sealed")
    sealed_file.open_sealed(tmp_path / "sealed", tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == plain.read_bytes()
    assert b"k" * 24 not in (tmp_path / "sealed").read_bytes()


@pytest.mark.db_free
def test_a_damaged_sealed_file_is_refused(tmp_path, settings):  # G44
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(range(256)) * 9000)
    sealed_file.seal(plain, tmp_path / "sealed")
    whole = (tmp_path / "sealed").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    damaged = {"cut": whole[:-40], "half": whole[: len(whole) // 2], "flipped": bytes(flipped), "longer": whole + b"x"}
    damaged["foreign"] = b"PK" + whole
    for name, content in damaged.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(sealed_file.NotOurFile):
            sealed_file.open_sealed(tmp_path / name, tmp_path / "out")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(sealed_file.NotOurFile):
        sealed_file.open_sealed(tmp_path / "sealed", tmp_path / "out")
