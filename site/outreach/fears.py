"""What the team was afraid of when it reached someone past the wish, as it is said to that person: never about her."""

from django.utils.translation import pgettext_lazy as pl

from .models import Override
from .models.override import Danger

FEARS = {
    Danger.TO_SELF: pl("urgent.to_self", "We were afraid that you might do something to yourself."),
    Danger.TO_OTHERS: pl("urgent.to_others", "We were afraid that someone else was in danger."),
    Danger.CHILD: pl("urgent.child", "We were afraid that a child was in danger."),
    Danger.AT_HOME: pl("urgent.at_home", "We were afraid that there was violence at home."),
}


def fear_of(override: Override) -> str:
    return str(FEARS[Danger(override.danger)])
