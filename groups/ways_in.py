"""The two forms of an invitation: a link of 192 bits, and a code of ten characters on a paper card.

Both are made from the id of the invitation with a key of this installation. So the card can be printed again while
it is open, and the database alone holds neither: it keeps keyed hashes to find them by.
"""

import base64
import re

from vault.purpose import keyed_hash

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
LOOKALIKES = str.maketrans("OIL", "011")


def link_of(invitation_id: str) -> str:
    made = bytes.fromhex(keyed_hash("groups.invitation.link", invitation_id))
    return base64.urlsafe_b64encode(made[:24]).decode()


def code_of(invitation_id: str) -> str:
    made = int(keyed_hash("groups.invitation.code", invitation_id), 16)
    return "".join(CROCKFORD[made >> 5 * place & 31] for place in range(CODE_LENGTH))


def code_in_fives(code: str) -> str:
    return f"{code[:5]} {code[5:]}"


def folded(code: str) -> str:
    """A code as typed: spaces, hyphens and case do not matter, and O I L count as the figures they look like."""
    return re.sub(r"[^0-9A-Z]", "", code.upper()).translate(LOOKALIKES)


def link_key(link: str) -> str:
    return keyed_hash("groups.invitation.link.key", link)


def code_key(code: str) -> str:
    return keyed_hash("groups.invitation.code.key", folded(code))


class LinkConverter:
    """`<invitation_link:link>` in an address; what does not look like one does not match at all."""

    regex = r"[A-Za-z0-9_-]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
