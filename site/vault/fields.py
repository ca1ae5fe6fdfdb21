"""Text that is ciphertext in the database. It cannot be searched, sorted or indexed, on purpose."""

from django.core.exceptions import FieldError
from django.db import models

from . import keyring


class EncryptedTextField(models.TextField):
    """Plain text in Python, a Fernet token in the column; the empty string stays empty."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return keyring.encrypt(value) if value else value

    def from_db_value(self, value, expression, connection):
        return keyring.decrypt(value) if value else value

    def get_lookup(self, lookup_name):
        if lookup_name in {"exact", "isnull"}:  # exact only serves comparison with the empty string
            return super().get_lookup(lookup_name)
        raise FieldError("An encrypted field cannot be searched.")
