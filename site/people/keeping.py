"""What someone had typed when her session was over: beside the sign-in fields, and kept for the same account only.

Upper packages register who takes it back as a draft; what has no draft comes back into the box it was typed in
('box:<field>'), by the session of who signed in. Nothing of it is stored unless the same person signs in.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from vault import keyring

MOST = 16_000
SESSION_KEY = "kept"
SESSION_BOX = "kept-box"
BOX = "box:"
BOXES = frozenset({"because", "lift-because", "mark-because", "note", "subject", "text", "words"})  # never a secret
PRIVATE = ("my", "g", "work")
_SAVERS: list[Callable] = []
_OWNERS = Signer(salt="people.kept")


@dataclass(frozen=True)
class Kept:
    what: str
    text: str
    owner: str = ""
    next: str = ""

    def __bool__(self) -> bool:
        return bool(self.what and self.text.strip())


def register(saver: Callable) -> None:
    """`saver(account, what, text)` keeps the text as a draft when `what` is its own, and says so by returning True."""
    if saver not in _SAVERS:
        _SAVERS.append(saver)


def owner_mark(account_id: str) -> str:
    """For the hidden field `keep_for` of a box that is written in: whose text this is, readable by us alone."""
    return _OWNERS.sign_object(keyring.encrypt(account_id)) if account_id else ""


def owner_of(mark: str) -> str:
    try:
        return keyring.decrypt(_OWNERS.unsign_object(mark)) if mark else ""
    except (BadSignature, keyring.KeyDoesNotFit):
        return ""


def from_request(request) -> Kept:
    """What a refused form carried: keep_what, and keep_text or text; keep_for, or the account whose session ended."""
    given = _typed(request) if request.method == "POST" else {}
    owner = owner_of(given.get("keep_for", "")) or getattr(request, "session_ended_for", "")
    return Kept(
        what=given.get("keep_what", "")[:120],
        text=(given.get("keep_text") or given.get(_field(given)) or "")[:MOST],
        owner=owner,
        next=local_private_path(given.get("keep_next", "")),
    )


def _field(given) -> str:
    name = given.get("keep_what", "").removeprefix(BOX)
    return name if name in BOXES else "text"


def _typed(request):
    """What the form held; nothing when it cannot be read, so that a page that says no never fails over it."""
    try:
        return request.POST
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return {}


def given_back(request) -> Kept:
    """What a form carried that is refused to someone who is signed in. Only what came from a page of this very
    account: nobody can plant words on a page of ours by a form of their own."""
    kept = from_request(request)
    mine = kept and request.user.is_authenticated and not request.is_locked and kept.owner == request.user.pk
    return kept if mine else Kept("", "")


def local_private_path(path: str) -> str:
    """The path, when it is one of our own private pages; else nothing."""
    parts = path.split("/")
    languages = {code for code, _ in settings.LANGUAGES}
    plain = path.startswith("/") and path.isascii() and not any(sign in path for sign in "\\:?#\r\n")
    private = len(parts) > 2 and parts[1] in languages and parts[2] in PRIVATE
    return path if plain and private and ".." not in parts and "" not in parts[1:-1] else ""


def stash(request, kept: Kept) -> None:
    """Over the steps of a sign-in, encrypted in the session."""
    if kept:
        request.session[SESSION_KEY] = keyring.encrypt(json.dumps(asdict(kept)))


def deliver(request, account) -> str:
    """After the sign-in: hands the text to its saver and gives the page to go on with, or nothing."""
    token = request.session.pop(SESSION_KEY, "")
    return hand_over(request, Kept(**json.loads(keyring.decrypt(token))), account) if token else ""


def hand_over(request, kept: Kept, account) -> str:
    if not kept or not kept.owner or kept.owner != account.pk:
        return ""
    if kept.what.startswith(BOX):
        return kept.next if _into_the_box(request, kept) else ""
    taken = [saver(account, kept.what, kept.text) for saver in _SAVERS]
    return kept.next if any(taken) else ""


def _into_the_box(request, kept: Kept) -> bool:
    field = kept.what.removeprefix(BOX)
    if field not in BOXES or not kept.next:
        return False
    box = {"page": kept.next, "field": field, "text": kept.text}
    request.session[SESSION_BOX] = keyring.encrypt(json.dumps(box))
    return True


def typed_before(request) -> dict[str, str]:
    """What a form on this page begins with, once: the words that were on their way when the session ended."""
    token = request.session.get(SESSION_BOX, "")
    box = json.loads(keyring.decrypt(token)) if token else {}
    if request.method != "GET" or box.get("page") != request.path:
        return {}
    del request.session[SESSION_BOX]
    return {box["field"]: box["text"]}
