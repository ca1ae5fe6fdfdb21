"""Organisations that staff work for, with the one fact parents must know: does professional secrecy bind them?"""

from datetime import datetime

from django.db import transaction

from audit.record import record
from people.actor import Actor
from people.models import Organisation
from people.policies import staff as policies


def keep_organisation(*, name: str, professional_secrecy: bool, by: Actor, now: datetime | None = None) -> Organisation:
    """Adds an organisation, or changes what is said of secrecy."""
    policies.change_organisations.require(by)
    with transaction.atomic():
        organisation, fresh = Organisation.objects.get_or_create(
            name=name.strip(), defaults={"professional_secrecy": professional_secrecy}
        )
        changed = not fresh and organisation.professional_secrecy != professional_secrecy
        if changed:
            organisation.professional_secrecy = professional_secrecy
            organisation.save(update_fields=["professional_secrecy"])
        if fresh or changed:
            record(
                "people.organisation.added" if fresh else "people.organisation.changed",
                by_id=by.person_id,
                subject="people.organisation",
                subject_id=organisation.pk,
                now=now,
                professional_secrecy=professional_secrecy,
            )
    return organisation
