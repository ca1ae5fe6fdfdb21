"""Every field of outreach is classified, once."""

import pytest
from django.apps import apps

from outreach.personal_data import NOT_PERSONAL, PERSONAL

pytestmark = pytest.mark.db_free


def test_every_field_is_said_to_be_personal_or_not():
    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("outreach").get_models()
        for field in model._meta.concrete_fields
    }
    assert set(PERSONAL) | NOT_PERSONAL == fields
    assert not set(PERSONAL) & NOT_PERSONAL
