from datetime import timedelta

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from audit import anchors
        from audit.actions import retention as audit_retention
        from groups.actions import retention as groups_retention
        from outreach import jobs, subjects
        from people import proving, told
        from people.actions import own_data
        from people.actions import retention as people_retention
        from resources.actions.publishing import publish_due

        from . import (
            access_changed,
            checks,  # noqa: F401  (registers the system checks)
        )

        # Jobs of areas that may not know the worker, or have nothing else to tell it.
        jobs.register("audit.anchor", every=timedelta(hours=12), run=anchors.write)
        jobs.register("audit.forget_old", every=timedelta(days=1), run=audit_retention.forget_old)
        jobs.register("groups.forget_old", every=timedelta(days=1), run=groups_retention.forget_old)
        jobs.register("people.forget_old", every=timedelta(days=1), run=people_retention.forget_old)
        jobs.register("people.scrub_erased", every=timedelta(minutes=1), run=own_data.scrub_erased)
        jobs.register("resources.publish_due", every=timedelta(minutes=1), run=publish_due)

        # A person hears when someone else changed how she gets in; people may not know the door.
        told.register(access_changed.tell)
        proving.register(access_changed.send_code)
        subjects.register("people.access", address=access_changed.address)
