from datetime import timedelta

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self):
        from . import jobs
        from .actions.retention import forget_old

        jobs.register("outreach.forget_old", every=timedelta(days=1), run=forget_old)
