from django.contrib.auth.backends import ModelBackend

from people.queries import account_by_name, who_may_act

from .models import Account


class AccountBackend(ModelBackend):
    """Finds the account by sign-in name or address, together with its person, in one statement.

    A frozen account is answered exactly as a wrong password, hashing included.
    """

    def authenticate(self, request, username=None, password=None, **fields):
        account = account_by_name(username or fields.get("sign_in_name") or fields.get("email") or "")
        if account is None:
            Account().set_password(password)
            return None
        right = account.check_password(password)
        return account if right and self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user) -> bool:
        return user.is_active and user.frozen_at is None

    def get_user(self, user_id):
        return who_may_act().filter(pk=user_id).first()
