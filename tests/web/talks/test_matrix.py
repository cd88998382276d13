import pytest
from django.urls import reverse

from tanxin.web.talks.urls import urlpatterns
from web.matrix_talks import ROWS


def test_every_address_of_talks_has_a_row():
    assert {row[0] for row in ROWS} == {f"talks:{pattern.name}" for pattern in urlpatterns}


@pytest.mark.parametrize(("name", "verb", "arguments", "expected"), ROWS)
def test_each_person_gets_what_the_table_says(world, name, verb, arguments, expected):
    got = {}
    for persona in expected:
        url = reverse(name, args=arguments(world))
        got[persona] = getattr(world.client(persona), verb)(url).status_code

    assert got == expected
