"""Every main page: no barrier that axe can find, days written in one way, a quiet console.

While a page is open it is also made as narrow as a small telephone: nothing may go sideways.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from e2e.browsing import DESKTOP, PHONE, Visitor
from e2e.narrow import too_wide
from e2e.pages import PERSONAS, pages_of
from e2e.speech import foreign_days, said_on

LOOKS = [
    pytest.param({"theme": "light"}, id="chinese"),
    pytest.param(
        {"theme": "dark", "size": PHONE, "large": True, "language": "en"},
        id="large-print-in-english",
        marks=pytest.mark.prove,
    ),
]
OTHER = {"light": "dark", "dark": "light"}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# The theme is one attribute of the page; what turns slowly from one to the other is not waited for.
TURN_TO = """theme => {
  document.documentElement.dataset.bsTheme = theme;
  document.getAnimations().forEach(one => one.finish());
}"""


def barriers(visitor: Visitor, **options: object) -> list[str]:
    """What axe, which is in the page, finds there."""
    asked = {"resultTypes": ["violations"]} | options
    found = visitor.page.evaluate("options => axe.run(options)", asked)["violations"]
    return [
        f"{visitor.view} {one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_no_page_has_a_barrier(visit, handle, look):
    visitor, axe = visit(handle, **look), Axe().axe_script

    found, days, wide = [], {}, []
    for page in pages_of(handle):
        page.open(visitor)
        visitor.page.evaluate(axe)
        found += barriers(visitor)
        visitor.page.evaluate(TURN_TO, OTHER[look["theme"]])
        found += barriers(visitor, **CONTRAST)
        days[str(page)] = foreign_days(said_on(visitor), look.get("language", "zh-hans"))
        wide += too_wide(visitor, back_to=look.get("size", DESKTOP))

    assert found == []
    assert wide == []
    assert {page: wrong for page, wrong in days.items() if wrong} == {}


def test_the_english_pages_have_an_english_frame(visit):
    visitor = visit("demo-member", language="en")

    for page in pages_of("demo-member"):
        page.open(visitor)
        menu = visitor.page.locator("nav.shell-nav").inner_text()
        assert all(word in menu for word in ("To do", "Talks", "Organisation")), menu
        assert visitor.page.locator("html").get_attribute("lang") == "en"
