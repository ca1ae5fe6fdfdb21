"""How allauth is bent to the rules of the house: nobody signs up by themselves, and mail goes through the door."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpResponseRedirect
from django.urls import reverse

from people import addresses, codes, landing

RECOVERY_MAIL = "account/email/password_reset_code"


class AccountAdapter(DefaultAccountAdapter):
    """Sessions, devices and limits are kept by `people`; here are only the places where allauth asks."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "people.stages.SecondFactorStage"]

    def get_login_redirect_url(self, request) -> str:
        return landing.after_sign_in(request, request.user)

    def get_logout_redirect_url(self, request) -> str:
        return landing.home()

    def respond_user_inactive(self, request, user):
        return HttpResponseRedirect(reverse("account_login"))

    def get_client_ip(self, request) -> str:
        return addresses.client_address(request)

    def generate_password_reset_code(self) -> str:
        return codes.eight_digits()

    def add_message(self, *args, **kwargs) -> None:
        """Pages say themselves what happened; a stored message could name someone on a shared phone."""

    def send_notification_mail(self, *args, **kwargs) -> None:
        """Nothing: what changed in an account is told by outreach, discreetly."""

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Only codes that a person just asked for go out, through the one door. An unknown address gets nothing."""
        from outreach.actions import reach
        from outreach.vocabulary import Purpose
        from people.queries import account_by_name

        account = account_by_name(email)
        if template_prefix == RECOVERY_MAIL and account is not None:
            reach(person_id=account.person_id, purpose=Purpose.RECOVERY_CODE, code=context["code"])
