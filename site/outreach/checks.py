"""Settings of the ways of reaching a person that are looked at when the portal starts."""

from django.conf import settings
from django.core import checks

from .channels import text_message, web_push


def ways_can_be_used(app_configs, **kwargs):
    """A key or an address that cannot work is told at the start, not at the first notice."""
    faults = []
    if settings.VAPID_KEY:
        try:
            web_push.private_key(settings.VAPID_KEY)
        except web_push.UnusableKey as error:
            faults.append(checks.Error(str(error), id="outreach.E001"))
    fault = text_message.fault_of_settings()
    return [*faults, checks.Error(fault, id="outreach.E002")] if fault else faults
