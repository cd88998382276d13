"""Every address, asked by everybody, in every state; compared with the table exactly.

``TANXIN_WRITE_POLICY=1 pytest tests/web/policy`` writes what is; then read what changed in it.
"""

import os

import pytest
from django.urls import reverse

from tanxin.config.urls import AREAS
from web.policy.cast import PERSONAS, Cast, cast_all
from web.policy.table import THING, addresses, path_of, read, rows_to_ask, write
from web.taking_back import taken_back

ARGUMENTS = dict(addresses())


@pytest.fixture
def cast(db, keeper) -> Cast:
    return cast_all()


def url_of(cast: Cast, name: str, thing: str) -> str:
    first, *others = (*ARGUMENTS[name], "")[: len(ARGUMENTS[name])] or ("",)
    if not first:
        return reverse(name)
    more = [cast.thing(THING.get(each, "none")) for each in others]
    return reverse(name, args=[cast.thing(thing), *more])


def ask_all(cast: Cast, url: str, verb: str) -> dict[str, str]:
    """What each gets; where an address does not have the verb, nobody is asked twice."""
    first = ask(cast, url, verb, "initiator")
    if first == "405":
        return {
            **dict.fromkeys(PERSONAS, first),
            "nobody": ask(cast, url, verb, "nobody"),
            "left": ask(cast, url, verb, "left"),
        }
    return {who: ask(cast, url, verb, who) for who in PERSONAS}


def ask(cast: Cast, url: str, verb: str, persona: str) -> str:
    with taken_back():
        return str(getattr(cast.browser(persona), verb)(url).status_code)


@pytest.mark.parametrize("area", AREAS)
def test_everybody_gets_just_what_the_table_says(cast, area):
    expected, found = read(area), {}
    rows = list(rows_to_ask(area))
    for _, _, thing in rows:
        cast.thing(thing) if thing else None

    for name, verb, thing in rows:
        url = url_of(cast, name, thing)
        found[name, verb, thing] = ask_all(cast, url, verb)
    if os.environ.get("TANXIN_WRITE_POLICY"):
        write(area, found)

    different = {
        (*row, who): (expected.get(row, {}).get(who), status)
        for row, answers in found.items()
        for who, status in answers.items()
        if expected.get(row, {}).get(who) != status
    }
    assert different == {}
    assert set(expected) == set(found)


def test_every_area_has_its_table():
    assert {area for area in AREAS if not path_of(area).exists()} == set()
