"""The second factor as a step of allauth's sign-in: after the password there is no session until it was shown."""

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from django_otp import user_has_device


class SecondFactorStage(LoginStage):
    """Asks everyone who has a device. Staff without one get in as far as the gate, which makes them set it up."""

    key = "second_factor"
    urlname = "second_factor"

    def handle(self):
        account = self.login.user
        if account is None or not user_has_device(account, confirmed=True):
            return None, True
        return headed_redirect_response(self.urlname), True
