"""Every URL, asked by everybody.

``tests/web/matrix_<area>.py`` holds the rows of an area: ``ROWS = [(url name, verb, make_args,
{persona: status})]``. A URL without a row fails here, and so does a row without one of the five
personas.
"""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse

from spacing import glued
from tanxin.config.urls import AREAS
from web.taking_back import taken_back

PERSONAS = ("nobody", "ada", "ben", "cleo", "dora")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
OPEN_TO_ALL = {
    "login:login", "login:demo", "login:logout", "login:second", "login:reset",
    "prefs:language", "prefs:theme", "prefs:print", "health:health",
}  # fmt: skip


def rows_of(path: Path) -> list[tuple]:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ROWS


MATRIX = [
    row for path in sorted(Path(__file__).parent.glob("matrix_*.py")) for row in rows_of(path)
]


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern, f"{prefix}{pattern.namespace}:")
        else:
            yield f"{prefix}{pattern.name}"


def ask(world, name: str, verb: str, args: list, persona: str) -> HttpResponse:
    with taken_back():
        return getattr(world.client(persona), verb)(reverse(name, args=args))


def words(answer: HttpResponse) -> str:
    """The page without what differs on every visit."""
    return TOKEN.sub("", answer.content.decode())


def glued_in(answer: HttpResponse) -> list[str]:
    """Chinese glued from pieces, on a page; a file has no sentences of ours."""
    is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
    return glued(answer.content.decode()) if is_page else []


def identify(value: object) -> str | None:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "verb", "make_args", "expected"), MATRIX, ids=identify)
def test_everybody_gets_what_is_his(world, name, verb, make_args, expected):
    args = list(make_args(world))

    answers = {who: ask(world, name, verb, args, who) for who in PERSONAS}

    assert {who: answer.status_code for who, answer in answers.items()} == expected
    assert [glue for answer in answers.values() for glue in glued_in(answer)] == []
    if expected["nobody"] == 302 and name not in OPEN_TO_ALL:
        assert answers["nobody"]["Location"].startswith(reverse("login:login"))
    if any(isinstance(arg, UUID) for arg in args):
        elsewhere = [uuid4() if isinstance(arg, UUID) else arg for arg in args]
        for who in [who for who, status in expected.items() if status == 404]:
            assert words(answers[who]) == words(ask(world, name, verb, elsewhere, who))


def test_every_url_is_in_the_matrix():
    assert {row[0] for row in MATRIX} == set(url_names())


def test_every_area_brings_its_rows():
    assert {row[0].split(":")[0] for row in MATRIX} == set(AREAS)


def test_every_row_asks_all_five():
    short = {(row[0], row[1]) for row in MATRIX if set(row[3]) != set(PERSONAS)}

    assert short == set()


def test_only_the_doors_answer_without_a_login():
    answering = {name for name, _, _, expected in MATRIX if expected["nobody"] != 302}

    assert answering <= OPEN_TO_ALL
