from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self):
        from groups import addresses, circles, families, in_sight, live, moderated, own_data, queries
        from live import topics
        from moderation import reviewables, teams
        from outreach import circles as outreach_circles
        from outreach import subjects
        from people import keeping, relations, roles_changed
        from people import own_data as register
        from people.signals import kept_apart

        from .actions.drafts import keep_lost_text
        from .actions.erasing import forget_person

        topics.register(live.conversation)
        reviewables.register(moderated.ReviewableMessage())
        teams.register(moderated.teams_of, queries.team_ids, moderated.names_of)
        outreach_circles.register(
            outreach_circles.Source(circles.of, circles.teams, circles.names_for, circles.staff_of)
        )
        relations.register("accompanies", queries.parents_accompanied_by)
        relations.register("accompanied by", families.team_around)
        keeping.register(keep_lost_text)
        register.register(register.Keeper("groups", tell=own_data.tell, forget=forget_person))
        subjects.register(
            "groups.conversation",
            of_use=queries.conversation_is_of_use,
            address=addresses.of_conversation,
            in_sight=in_sight.conversations,
        )
        subjects.register(
            "groups.group",
            of_use=queries.group_is_of_use,
            address=addresses.of_group,
            in_sight=in_sight.groups,
        )
        subjects.register("groups.access", address=addresses.of_access)
        kept_apart.connect(_tell_teams, dispatch_uid="groups.tell_teams")
        roles_changed.register(_leave_groups)


def _leave_groups(person_id, roles):
    from people.vocabulary import Role

    from .actions.facilitation import leave_all_groups

    if Role.FACILITATOR not in roles:
        leave_all_groups(person_id=person_id)


def _tell_teams(sender, *, person_ids, **_):
    from .actions.keep_apart import tell_teams

    tell_teams(person_ids=person_ids)
