"""Every main page at 320 px: nothing goes sideways, and no word is of another language.

Here without scripts; with them ``test_every_page`` makes each page as narrow while it is open.
"""

import pytest

from e2e.browsing import SMALLEST
from e2e.narrow import goes_sideways
from e2e.pages import PERSONAS, pages_of
from e2e.speech import foreign_words, said_on

SCRIPT = [
    pytest.param(False, id="without-script"),
    pytest.param(True, id="with-script", marks=pytest.mark.prove),
]


@pytest.mark.parametrize("script", SCRIPT)
@pytest.mark.parametrize("handle", [None, *PERSONAS])
def test_no_page_goes_sideways_or_speaks_another_language(visit, handle, script):
    visitor = visit(handle, size=SMALLEST, script=script)

    wide, words = [], {}
    for page in pages_of(handle):
        page.open(visitor)
        wide += goes_sideways(visitor)
        words[str(page)] = [] if script else foreign_words(said_on(visitor))

    assert wide == []
    assert {page: foreign for page, foreign in words.items() if foreign} == {}
