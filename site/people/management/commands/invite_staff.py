"""Prints a one-time link for a member of staff: how the first account of an installation is made."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from people.actions import staff
from people.actor import PORTAL
from people.policy import Refused
from people.vocabulary import GRANTED_ROLES
from vault.keyring import KeyDoesNotFit


class Command(BaseCommand):
    help = "Prints a link (once, 15 minutes) with which a member of staff sets a password and the extra code."

    def add_arguments(self, parser):
        parser.add_argument("--role", required=True, choices=[role.value for role in GRANTED_ROLES])
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="first name, as parents read it")
        parser.add_argument("--organisation", default="")
        parser.add_argument("--language", default="nl", choices=["nl", "fr", "en", "ar", "tr"])

    def handle(self, *, role, email, name, organisation, language, **options):
        if "@" not in email:
            raise CommandError("--email must be an e-mail address; staff sign in with it.")
        try:
            link = staff.invite_staff(
                role=role, email=email, name=name, organisation=organisation, language=language, by=PORTAL
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except (DatabaseError, KeyDoesNotFit) as error:
            raise CommandError(
                f"Kring is not set up here yet, or not with these keys ({error}). Start it first with the same DATA "
                "and DATABASE_URL, wait until it says that it is ready, and ask again."
            ) from error
        self.stdout.write(link)
