"""Publishes what an editor dated, and takes away what has run out. The worker calls it; nobody else may."""

from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from audit.record import record
from people.actor import PORTAL, Actor
from resources.policies import publish_due_texts


def publish_due(now: datetime | None = None, *, by: Actor = PORTAL) -> int:
    """How many texts changed. The same rule as Wagtail's own command, with our clock and our record."""
    publish_due_texts.require(by)
    now = now or timezone.now()
    changed = 0
    for row in run_out(now):
        with transaction.atomic():
            row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            noted("resources.text.expired", row, by, now)
        changed += 1
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
            noted("resources.text.published", revision.content_object, by, now)
        changed += 1
    return changed


def run_out(now):
    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]
    found = []
    for model in (Page, *kinds):
        found += model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    return found


def noted(kind, row, by, now):
    subject = "resources.page" if isinstance(row, Page) else "resources.service"
    record(kind, by_id=by.person_id, subject=subject, subject_id=row.pk, now=now)
