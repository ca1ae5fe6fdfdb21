"""What the manual of the operator must say, because what Debian brings is otherwise."""

import re

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.db_free
MANUAL = (ROOT / "docs" / "operating" / "install.md").read_text()


def test_the_proxy_packs_nothing_by_itself():
    """Debian's nginx packs every page unless it is told not to, also the private ones that we leave as they are."""
    tls = MANUAL.partition("listen 443 ssl;")[2].partition("\n}")[0]
    assert "\n    gzip off;\n" in tls
    assert not re.search(r"gzip +on|gzip_types|gzip_proxied", tls)


def test_the_database_writes_no_value_into_its_own_log():
    """Without the last, an address that somebody else has stands there: 'Key (email)=(…) already exists'."""
    for setting in (
        "log_statement = 'none'",
        "log_min_duration_statement = -1",
        "log_min_error_statement = panic",
        "log_parameter_max_length_on_error = 0",
        "log_error_verbosity = terse",
    ):
        assert f"`{setting}`" in MANUAL
