"""Opaque ids: 128 random bits in 22 characters that tell nothing about order, number or kind."""

import re
import secrets

from django.db import models

LENGTH = 22
PATTERN = re.compile(r"[A-Za-z0-9_-]{22}\Z")


def new_id() -> str:
    return secrets.token_urlsafe(16)


class OpaqueIdField(models.CharField):
    """A primary key that may stand in an address."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", new_id)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)


class OpaqueIdConverter:
    """`<id:group_id>` in a URL pattern; anything that is not an id does not match at all."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
