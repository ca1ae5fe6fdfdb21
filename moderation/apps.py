from datetime import timedelta

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self):
        from live import topics
        from outreach import jobs, subjects
        from people import own_data as register

        from . import checks, live, own_data, queries  # noqa: F401  (checks register themselves)
        from .actions.erasing import forget_person
        from .actions.retention import forget_outlived, forget_settled

        topics.register(live.reviews)
        subjects.register("moderation.review", of_use=queries.is_waiting_for, address=queries.address_for)
        jobs.register("moderation.forget_settled", every=timedelta(days=1), run=forget_settled)
        jobs.register("moderation.forget_outlived", every=timedelta(days=1), run=forget_outlived)
        register.register(register.Keeper("moderation", tell=own_data.tell, forget=forget_person))
