"""Every address, asked by everybody, in every state; compared with the table exactly.

``TANXIN_WRITE_POLICY=1 pytest tests/web/policy`` writes what is; then read what changed in it.
"""

import os
import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from spacing import glued
from tanxin.config.urls import AREAS
from web.policy.cast import PERSONAS, Cast, cast_all
from web.policy.table import THING, addresses, path_of, read, rows_to_ask, write
from web.taking_back import taken_back

ARGUMENTS = dict(addresses())
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
OUTSIDERS = ("stranger", "recused", "elsewhere")
WITHOUT_LOGIN = {
    "login:login", "login:demo", "login:logout", "login:second", "login:reset",
    "prefs:language", "prefs:theme", "prefs:print", "health:health", "calendar:feed",
}  # fmt: skip
ENDING = (reverse("login:logout"), reverse("prefs:end-others"), reverse("prefs:password"))
Answers = dict[str, HttpResponse]
# Who may do what is decided in Python: a second database is asked by a few, so that it meets the
# questions of every page in every state.
FEW = ("nobody", "initiator", "subject", "organiser", "supervisor")
ASKED = tuple(PERSONAS) if connection.vendor == "sqlite" else FEW


@pytest.fixture
def cast(db, keeper) -> Cast:
    return cast_all()


def arguments_of(cast: Cast, name: str, thing: str) -> list[object]:
    others = [THING.get(each, "none") for each in ARGUMENTS[name][1:]]
    return [cast.thing(each) for each in (thing, *others) if each]


def ask(cast: Cast, url: str, verb: str, persona: str) -> HttpResponse:
    """What happens is taken back; only the keeper would remember the end of a session."""
    browser = cast.browser(persona)
    with taken_back():
        answer: HttpResponse = getattr(browser, verb)(url)
    if url.startswith(ENDING):
        del cast.logins[persona]
    return answer


def ask_all(cast: Cast, url: str, verb: str) -> Answers:
    """What each gets; where an address does not have the verb, nobody is asked twice."""
    first = ask(cast, url, verb, "initiator")
    if first.status_code == 405:
        shut_out = [who for who in ("nobody", "left") if who in ASKED]
        return dict.fromkeys(ASKED, first) | {who: ask(cast, url, verb, who) for who in shut_out}
    return {"initiator": first} | {
        who: ask(cast, url, verb, who) for who in ASKED if who != "initiator"
    }


def words(answer: HttpResponse) -> str:
    """The page without what differs on every visit."""
    return TOKEN.sub("", answer.content.decode())


def told_apart(cast: Cast, name: str, verb: str, args: list[object], answers: Answers) -> list[str]:
    """Outsiders to whom what they may not see looks different from what is not there."""
    shut_out = [who for who in OUTSIDERS if who in answers and answers[who].status_code == 404]
    if not any(isinstance(arg, UUID) for arg in args):
        return []
    elsewhere = reverse(name, args=[uuid4() if isinstance(arg, UUID) else arg for arg in args])
    return [
        who for who in shut_out if words(ask(cast, elsewhere, verb, who)) != words(answers[who])
    ]


def glued_in(answers: Answers) -> list[str]:
    """Chinese glued from pieces, on any page; a file has no sentences of ours."""
    pages = {
        answer.content.decode()
        for answer in answers.values()
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
    }
    return [glue for page in pages for glue in glued(page)]


def wrongly_opened(name: str, answers: Answers) -> bool:
    """Whether somebody without a login gets anything but the page to log in."""
    nobody = answers["nobody"]
    if name in WITHOUT_LOGIN:
        return False
    return not nobody.get("Location", "").startswith(reverse("login:login"))


@pytest.mark.parametrize("area", AREAS)
def test_everybody_gets_just_what_the_table_says(cast, area):
    rows = list(rows_to_ask(area))
    expected = {row: {who: answers[who] for who in ASKED} for row, answers in read(area).items()}
    for _, _, thing in rows:
        cast.thing(thing) if thing else None
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    apart, opened, glue = [], [], []

    for name, verb, thing in rows:
        args = arguments_of(cast, name, thing)
        answers = ask_all(cast, reverse(name, args=args), verb)
        found[name, verb, thing] = {who: str(got.status_code) for who, got in answers.items()}
        apart += [(name, verb, who) for who in told_apart(cast, name, verb, args, answers)]
        opened += [(name, verb)] if wrongly_opened(name, answers) else []
        glue += [(name, line) for line in glued_in(answers)]

    if os.environ.get("TANXIN_WRITE_POLICY"):
        write(area, found)
    assert set(found) == set(expected)
    assert {row: got for row, got in found.items() if got != expected[row]} == {}
    assert (apart, opened, glue) == ([], [], [])


def test_every_area_has_its_table():
    assert {area for area in AREAS if not path_of(area).exists()} == set()
