import pytest
from django.test import Client

from login_steps import PASSWORD, log_in


@pytest.fixture
def fay(world):
    """Somebody with a password; the others of the world are let in by the test client."""
    world.person("fay", "费伊")
    world.account("fay", PASSWORD, handle="F100")
    return world


@pytest.fixture
def in_as_fay(fay):
    client = Client()
    log_in(client)
    return client
