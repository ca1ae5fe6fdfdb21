"""The second factor as a step of allauth's sign-in: after the password there is no session until it was shown."""

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from django_otp import user_has_device


class SecondFactorStage(LoginStage):
    """Asks staff who have a device. Staff without one get in as far as the gate, which makes them set it up.

    A parent's passkey is no second factor: it is her way in, or she does not use it.
    """

    key = "second_factor"
    urlname = "second_factor"

    def handle(self):
        account = self.login.user
        if account is None or not account.person.is_staff or not user_has_device(account, confirmed=True):
            return None, True
        return headed_redirect_response(self.urlname), True
