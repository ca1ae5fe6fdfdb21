"""Every address sits in one audience, and every member and staff page names its policy (closed by default)."""

from django.urls import URLPattern, get_resolver

from portal.audiences import AUDIENCES

# Addresses of the framework that no person visits, and Wagtail's own, which have their gate by path.
FRAMEWORK = ("cms/", "static/", "documents/")


def every_pattern(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry
        else:
            yield from every_pattern(entry, address)


def ours():
    return [(address, entry) for address, entry in every_pattern() if not address.startswith(FRAMEWORK)]


def test_every_address_has_one_audience():
    found = ours()
    assert len(found) > 40
    without = [address for address, entry in found if getattr(entry.callback, "audience", None) not in AUDIENCES]
    assert without == []


def test_every_private_address_names_a_policy():
    without = [
        address
        for address, entry in ours()
        if entry.callback.audience in ("members", "staff") and getattr(entry.callback, "policy", None) is None
    ]
    assert without == []
