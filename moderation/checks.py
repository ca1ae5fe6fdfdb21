"""What must be true before Kring starts: every kind answers every decision, every language has its word list."""

from django.conf import settings
from django.core import checks

from . import reviewables
from .screening import lexicons


@checks.register()
def every_kind_answers_every_decision(app_configs, **kwargs):
    return [
        checks.Error(f"The reviewable {kind!r} has no method {method!r}.", id="moderation.E001")
        for kind, reviewable in reviewables.registered().items()
        for method in reviewables.METHODS
        if not callable(getattr(reviewable, method, None))
    ]


@checks.register()
def every_language_has_its_lexicon(app_configs, **kwargs):
    return [
        checks.Error(f"moderation/screening/lexicons/{code}.toml: {wrong}", id="moderation.E002")
        for code, _ in settings.LANGUAGES
        for wrong in lexicons.what_is_wrong_with(code)
    ]
