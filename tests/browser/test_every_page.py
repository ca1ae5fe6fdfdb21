"""No page scrolls sideways on a small phone, on a desk or at 200 percent; what one taps is big enough for a thumb; and axe
finds nothing serious on it, in Dutch and Arabic, in light and dark.

One walk for all of it: the walking takes longer than the looking. In axe, the rules that look at colours are asked again
in the dark; all others see the same page.
"""

import pytest

from .axe import look
from .measures import TOO_SMALL, TOO_WIDE, measure
from .places import LANGUAGES, PHONE, Faults
from .walks import WALKS, walk

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WALKS)
def test_it_fits_and_can_be_used_by_everyone(portal, visitor, colleague, who, language):
    faults = Faults()
    for kind, page in walk(who, portal, visitor, colleague, language, reduced_motion="reduce"):
        measure(page, kind, faults)
        look(page, kind, faults)
    faults.told()


def test_both_measures_would_notice(visitor):
    page = visitor(PHONE)
    page.goto("/nl/")
    assert page.evaluate(TOO_WIDE) == ""
    page.evaluate("document.querySelector('h1').style.setProperty('width', '120vw')")
    page.evaluate("document.querySelector('main a').style.setProperty('display', 'block')")
    page.evaluate("document.querySelector('main a').replaceChildren()")
    page.evaluate("document.querySelector('main a').style.setProperty('padding', '0')")
    page.evaluate("document.querySelector('main a').style.setProperty('min-block-size', '0')")
    assert "H1" in page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL)
