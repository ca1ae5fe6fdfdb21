from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self):
        from . import checks, tree  # noqa: F401  (registers the system check)
        from .models.pages import SHOWN_BY
        from .views import pages

        tree.watch()
        SHOWN_BY.update(answer=pages.answer, preview=pages.preview)
