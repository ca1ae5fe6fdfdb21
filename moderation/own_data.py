"""What moderation tells a person: her own words to the team, and who of the team read what waited."""

from django.utils.translation import pgettext_lazy as pl

from people.own_data import Item, Part, looks_at

from .models import Report

WHEN, WHO, WHY = pl("data.when", "When"), pl("data.who", "Who"), pl("data.why", "Why")
PURPOSES = {"review": pl("look.review", "To read a message of yours before or after it was posted")}


def tell(person_id: str) -> list[Part]:
    told = Report.objects.filter(by_id=person_id).order_by("told_at")
    return [
        Part(pl("data.told", "What you told the team"), [Item(((WHEN, row.told_at),), row.words) for row in told]),
        Part(
            pl("data.looked.review", "Who of the team read your messages"),
            looks_at(person_id, PURPOSES, (WHO, WHEN, WHY)),
        ),
    ]
