"""What outreach tells a person: why the portal had something for her, and what it sent or did not send."""

from django.utils.translation import pgettext_lazy as pl

from people.own_data import Item, Part

from .models import Delivery, Notice

WHEN, WHY = pl("data.when", "When"), pl("data.why", "Why")


def tell(person_id: str) -> list[Part]:
    return [
        Part(pl("data.notices", "What the portal had for you"), [_notice(row) for row in _of(Notice, person_id)]),
        Part(pl("data.deliveries", "What was sent, or was not"), [_delivery(row) for row in _of(Delivery, person_id)]),
    ]


def _of(model, person_id: str):
    return model.objects.filter(person_id=person_id).order_by("created_at")


def _notice(row: Notice) -> Item:
    return Item(((WHEN, row.created_at), (WHY, row.why), (pl("data.read", "Read on"), row.read_at)))


def _delivery(row: Delivery) -> Item:
    return Item(
        (
            (WHEN, row.created_at),
            (WHY, row.get_purpose_display()),
            (pl("data.how", "How"), row.get_channel_display()),
            (pl("data.became", "What became of it"), row.get_state_display()),
        )
    )
