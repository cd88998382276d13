"""Every main page: no barrier axe can find, nothing sideways on the smallest screen, quiet console."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from e2e.browsing import PHONE, SMALLEST, Visitor
from e2e.pages import PAGES, PERSONAS, MainPage
from e2e.speech import foreign_days, foreign_words, said_on

LOOKS = [{"theme": "light"}, {"theme": "dark"}, {"theme": "light", "size": PHONE, "large": True}]
STICKS_OUT = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(one => one.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


def barriers(axe: Axe, visitor: Visitor) -> list[str]:
    found = axe.run(visitor.page).response["violations"]
    return [
        f"{visitor.view} {one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def of(handle: str | None) -> list[MainPage]:
    return [page for page in PAGES if page.handle == handle]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "large-print"])
@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_no_page_has_a_barrier(visit, axe, handle, look):
    visitor = visit(handle, **look)

    found = []
    for page in of(handle):
        page.open(visitor)
        found += barriers(axe, visitor)

    assert found == []


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_no_page_goes_sideways_on_the_smallest_screen(visit, handle, script):
    visitor = visit(handle, size=SMALLEST, script=script)

    wide = []
    for page in of(handle):
        page.open(visitor)
        if width(visitor) > SMALLEST[0]:
            wide.append(f"{page}: {width(visitor)} px, {visitor.page.evaluate(STICKS_OUT)}")

    assert wide == []


def width(visitor: Visitor) -> int:
    return visitor.page.evaluate("document.documentElement.scrollWidth")


def test_the_english_pages_have_an_english_frame(visit):
    visitor = visit("demo-member", language="en")

    for page in of("demo-member"):
        page.open(visitor)
        menu = visitor.page.locator("nav.shell-nav").inner_text()
        assert all(word in menu for word in ("To do", "Talks", "Organisation")), menu
        assert visitor.page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_the_chinese_pages_hold_no_word_and_no_date_of_another_language(visit, handle):
    visitor = visit(handle, script=False)

    found = {}
    for page in of(handle):
        page.open(visitor)
        text = said_on(visitor)
        found[str(page)] = foreign_words(text) + foreign_days(text, "zh-hans")

    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_the_english_pages_write_days_in_one_way(visit, handle):
    visitor = visit(handle, language="en", script=False)

    found = {}
    for page in of(handle):
        page.open(visitor)
        found[str(page)] = foreign_days(said_on(visitor), "en")

    assert {page: days for page, days in found.items() if days} == {}
