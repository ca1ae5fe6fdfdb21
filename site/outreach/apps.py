from datetime import timedelta
from functools import partial

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self):
        from django.core import checks as at_start

        from live import topics
        from people import left_behind, relations, roles_changed, shared_phones
        from people import own_data as register
        from people.signals import access_ended

        from . import (
            addresses,
            checks,
            departures,
            duty,
            jobs,
            live,
            override_queries,
            own_data,
            queries,
            round_queries,
            subjects,
            word_queries,
        )
        from .actions import push_subscriptions
        from .actions.leave import tell_parents
        from .actions.retention import forget_old, forget_person

        at_start.register(checks.ways_can_be_used)
        access_ended.connect(push_subscriptions.end_with_access, dispatch_uid="outreach.end_push")
        left_behind.register(left_behind.Source(departures.known_to_nobody_now, departures.known_only_to))
        roles_changed.register(departures.when_roles_change)
        shared_phones.register(push_subscriptions.end_on_shared_phone)
        jobs.register("outreach.forget_old", every=timedelta(days=1), run=forget_old)
        jobs.register("outreach.forget_dead_push", every=timedelta(days=1), run=push_subscriptions.forget_dead)
        of_team = partial(subjects.register, in_sight=subjects.to_all_around_her)
        of_team("outreach.around", of_use=addresses.is_asked, address=addresses.of_around)
        of_team("outreach.gone", of_use=addresses.is_without, address=addresses.of_around)
        of_team("outreach.leave", of_use=addresses.is_ahead, address=addresses.of_around)
        of_team("outreach.leave_off", of_use=addresses.is_off, address=addresses.of_around)
        of_team("outreach.asked")
        of_team("outreach.needs")
        subjects.register("outreach.handed_over", of_use=addresses.is_unasked, address=addresses.of_desk)
        subjects.register(duty.SUBJECT, address=addresses.of_duty)
        jobs.register("outreach.tell_parents", every=timedelta(hours=1), run=tell_parents)
        relations.register("stands around", queries.people_stood_around_by)
        of_team(round_queries.SUBJECT, of_use=round_queries.may_be_told)
        topics.register(live.danger)
        of_team(override_queries.SUBJECT, address=override_queries.address_of)
        of_team(word_queries.SUBJECT, of_use=word_queries.is_of_use, address=word_queries.address_of)
        register.register(register.Keeper("outreach", tell=own_data.tell, forget=forget_person))
