from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"

    def ready(self):
        from people.signals import access_ended

        access_ended.connect(_close_sockets, dispatch_uid="live.close_sockets")


def _close_sockets(sender, *, person_id: str, scope: str = "everything", sign_in_id: str | None = None, **_):
    from . import hints

    hints.end_access(person_id, scope, sign_in_id)
