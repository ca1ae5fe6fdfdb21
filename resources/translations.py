"""The same page in the other languages: where the language switch leads, and what search engines are told.

A view sets both on the request before it renders: `request.alternates` (language → address, for the switch; a page
that is not there yet leads to the sentence that says so) and `request.page_addresses` (only what can be read, for
`hreflang` and the canonical address).
"""

from urllib.parse import quote

from django.conf import settings

CODES = tuple(code for code, _ in settings.LANGUAGES)


def note(request, readable: dict, path: str) -> None:
    """`readable`: language → address of the page in it. `path`: this page's own address, to ask for it elsewhere."""
    rest = path.split("/", 2)[2]
    request.page_addresses = {code: readable[code] for code in CODES if code in readable}
    request.alternates = {code: readable.get(code, f"/{code}/{rest}") for code in CODES}


def everywhere(request) -> None:
    """For a page that has the same address in every language (directory, search, a service)."""
    rest = request.path.split("/", 2)[2]
    note(request, {code: f"/{code}/{rest}" for code in CODES}, request.path)


def addresses(request) -> dict:
    """Language → address of what is shown now; empty on a page that is no page of ours."""
    return getattr(request, "page_addresses", {})


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def head(request) -> dict:
    """For `<head>`: the canonical address and one line a language."""
    found = addresses(request)
    return {
        "canonical": absolute(quote(request.path)) if found else "",
        "alternates": [(code, absolute(address)) for code, address in found.items()],
    }
