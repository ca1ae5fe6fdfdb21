from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from groups.models import Group
from portal.demo import cast, world


class Command(BaseCommand):
    help = "Builds the demo town on an empty database, and tells how to sign in."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo is only for a portal that listens on this computer alone (DEMO=1).")
        if not world.is_built():
            self.stdout.write("Demo: inviting people, opening groups, loading guidance in five languages …")
            world.build()
        self.tell()

    def tell(self):
        self.stdout.write(f"\nDemo sign-ins (password {cast.PASSWORD}, PIN where set {cast.PIN}):")
        for parent in cast.PARENTS:
            self.stdout.write(f"  {parent.email or parent.sign_in_name:<24} parent ({parent.language})")
        for colleague in cast.COLLEAGUES:
            roles = ", ".join(str(role.value).replace("_", " ") for role in colleague.roles)
            self.stdout.write(f"  {colleague.email:<24} {roles}")
        self.stdout.write(f"Staff also need the code of an authenticator with the key {cast.AUTHENTICATOR_KEY}")
        self.stdout.write("Demo groups:")
        for group in Group.objects.exclude(key=None).order_by("key"):
            self.stdout.write(f"  {group.key:<10} {settings.BASE_URL}/nl/g/{group.pk}/")
        self.stdout.write("")
