from datetime import timedelta

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self):
        from people import own_data as register

        from . import jobs, own_data
        from .actions.retention import forget_old, forget_person

        jobs.register("outreach.forget_old", every=timedelta(days=1), run=forget_old)
        register.register(register.Keeper("outreach", tell=own_data.tell, forget=forget_person))
