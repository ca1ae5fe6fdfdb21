"""What start-up says about the public texts: a telephone number that nobody called yet is a warning."""

from django.core import checks
from django.db import DatabaseError


@checks.register(checks.Tags.database)
def every_number_was_checked(app_configs, databases=None, **kwargs):
    """Asked with `check --database default` and after `migrate`; silent while there are no tables."""
    from .queries import unchecked_numbers

    if not databases:
        return []
    try:
        waiting = unchecked_numbers()
    except DatabaseError:
        return []
    if not waiting:
        return []
    return [
        checks.Warning(
            f"Nobody has checked these telephone numbers yet: {', '.join(waiting)}.",
            hint="An editor calls them, or reads the service's own page, and sets the date under /cms/.",
            id="resources.W001",
        )
    ]
