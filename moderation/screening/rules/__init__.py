"""One rule a kind of finding, one file a rule."""

from . import (
    child_at_risk,
    danger_others,
    danger_self,
    departure,
    email_address,
    identifier,
    phone_number,
    profile,
    street_address,
    violence_home,
    web_link,
)

RULES = (
    danger_self.RULE,
    danger_others.RULE,
    departure.RULE,
    violence_home.RULE,
    child_at_risk.RULE,
    phone_number.RULE,
    email_address.RULE,
    street_address.RULE,
    identifier.RULE,
    profile.RULE,
    web_link.RULE,
)
