"""The encryption and the proof of web push, judged from the other side: with the browser's key, and by the standard."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from outreach.channels import web_push
from tests.push_service import Browser

pytestmark = pytest.mark.db_free
NOW = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)


def test_the_example_of_the_standard_comes_out_to_the_letter():
    """RFC 8291, section 5 and appendix A."""
    plain = b"When I grow up, I want to be a watermelon"
    body = web_push.encrypt(
        plain,
        receiver=web_push.public_key(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        auth=web_push.secret("BTBZMqHH6r4Tts7J_aSIgg"),
        padded=len(plain) + 1,
        salt=web_push.decode("DGv6ra1nlYgDCS1FRnbzlw"),
        once=web_push.private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    )
    assert web_push.encode(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("plain", [b"", b'{"t":"new"}', b"x" * 127])
def test_only_the_browser_reads_it_and_every_push_has_one_size(plain):
    browser = Browser()
    body = web_push.encrypt(plain, receiver=web_push.public_key(browser.p256dh), auth=web_push.secret(browser.auth))
    assert browser.decrypt(body) == plain
    assert len(body) == 16 + 4 + 1 + 65 + web_push.PADDED + 16
    with pytest.raises(InvalidTag):
        Browser().decrypt(body)


def test_no_push_is_like_another():
    browser = Browser()
    receiver, auth = web_push.public_key(browser.p256dh), web_push.secret(browser.auth)
    assert web_push.encrypt(b"a", receiver=receiver, auth=auth) != web_push.encrypt(b"a", receiver=receiver, auth=auth)


def test_what_does_not_fit_is_refused():
    browser = Browser()
    with pytest.raises(ValueError, match="padded"):
        web_push.encrypt(b"x" * 128, receiver=web_push.public_key(browser.p256dh), auth=b"a" * 16)


@pytest.mark.parametrize("text", ["", "a", "****", "BP4z", "A" * 87, "=" * 8, "é" * 30])
def test_what_is_no_key_is_refused(text):
    for reading in (web_push.public_key, web_push.private_key, web_push.secret):
        with pytest.raises(web_push.UnusableKey):
            reading(text)


def test_the_proof_holds_for_this_host_and_half_a_day():
    key = ec.generate_private_key(web_push.CURVE)
    header = web_push.proof("https://push.example/send/abc?x=1", key=key, contact="mailto:post@example", now=NOW)
    token, public = header.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(web_push.decode(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(web_push.decode(claims)) == {
        "aud": "https://push.example",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:post@example",
    }
    raw = web_push.decode(signature)
    pair = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    said = web_push.public_key(public)
    said.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        said.verify(pair, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))
