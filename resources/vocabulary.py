"""The words of the resources package: needs, audiences, kinds of pages. Keys are stored, words are shown."""

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy as pl

# Drawings of the sprite that an editor may put beside a promise on the home page.
ICONS = [
    "calendar",
    "check",
    "eye",
    "hand",
    "hidden",
    "home",
    "info",
    "listen",
    "lock",
    "mail",
    "people",
    "phone",
    "plan",
    "quiet",
    "read",
    "rhythm-matters",
    "rhythm-mine",
    "rhythm-often",
    "rhythm-quiet",
    "rhythm-sometimes",
    "search",
    "talk",
    "together",
    "translate",
    "voice",
    "worry",
]

# First parts of an address that belong to the portal: no page may take them.
RESERVED_SLUGS = frozenset(
    [
        "account",
        "cms",
        "components",
        "documents",
        "g",
        "help",
        "my",
        "offline",
        "page",
        "read",
        "search",
        "weg",
        "work",
        "ws",
    ]
)

# A search is a few words; what is longer is cut.
QUERY_MAX = 80

# The pages that the shells and forms link to, by key.
INFO_PAGES = ("about", "privacy", "shared-phone", "accessibility", "talk", "professionals")

_NAMESPACE = uuid.UUID("6f1f1b62-5c0f-4c55-9a5e-6b3f6c2f4d10")


def shared_key(kind: str, key: str) -> uuid.UUID:
    """The same page in every language has this translation key, whichever language was loaded first."""
    return uuid.uuid5(_NAMESPACE, f"{kind}:{key}")


class Need(models.TextChoices):
    """What someone looks for help with, the most pressing first."""

    DANGER = "danger", pl("need.danger", "Someone is in danger")
    VIOLENCE = "violence", pl("need.violence", "Violence or abuse")
    SUICIDE = "suicide", pl("need.suicide", "Thoughts of suicide")
    CHILD = "child", pl("need.child", "I worry about a child")
    TALK = "talk", pl("need.talk", "Talking to someone")
    GRIEF = "grief", pl("need.grief", "Grief and loss")
    PARENTING = "parenting", pl("need.parenting", "Questions about bringing up children")
    YOUNG_CHILDREN = "young-children", pl("need.young", "Babies and small children")
    SCHOOL = "school", pl("need.school", "School")
    MONEY = "money", pl("need.money", "Money and housing")
    WAITING = "waiting", pl("need.waiting", "I am waiting for help")


class Audience(models.TextChoices):
    """For whom someone looks for help."""

    PARENTS = "parents", pl("audience.parents", "For parents and families")
    MINORS = "minors", pl("audience.minors", "For children and young people")
    PROFESSIONALS = "professionals", pl("audience.professionals", "For people who work with families")
