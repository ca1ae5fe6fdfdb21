"""Staff at the door of the CMS."""

from django.conf import settings
from django.test import Client

from people.actions import staff
from people.actor import PORTAL
from people.models import Authenticator


def signed_in(role, *, second_factor=True):
    """A client of a staff member with this role, as after signing in."""
    link = staff.invite_staff(role=role, email=f"{role}@demo.invalid", name="Lien", by=PORTAL)
    token = link.rstrip("/").split("/")[-1]
    account = staff.accept_staff_invitation(token=token, password="lamp-brug-rivier-42", by=PORTAL)
    device = Authenticator.objects.create(user=account, name="app", key="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if second_factor:
        session = client.session
        session["otp_device_id"] = device.persistent_id
        session.save()
    return client, account
