from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self):
        from . import own_account_data, own_data
        from .actions.own_data import forget_account

        own_data.register(own_data.Keeper("people", tell=own_account_data.tell, forget=forget_account))
