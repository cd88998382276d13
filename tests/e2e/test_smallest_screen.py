"""Every main page at 320 px: nothing goes sideways, and no word is of another language."""

import pytest

from e2e.browsing import SMALLEST, Visitor
from e2e.pages import PERSONAS, pages_of
from e2e.speech import foreign_words, said_on

STICKS_OUT = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(one => one.outerHTML.slice(0, 160))"""


def width(visitor: Visitor) -> int:
    return visitor.page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_no_page_goes_sideways_or_speaks_another_language(visit, handle, script):
    visitor = visit(handle, size=SMALLEST, script=script)

    wide, words = [], {}
    for page in pages_of(handle):
        page.open(visitor)
        if width(visitor) > SMALLEST[0]:
            wide.append(f"{page}: {width(visitor)} px, {visitor.page.evaluate(STICKS_OUT)}")
        words[str(page)] = [] if script else foreign_words(said_on(visitor))

    assert wide == []
    assert {page: foreign for page, foreign in words.items() if foreign} == {}
