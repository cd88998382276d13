"""Fixtures for all: the keeper process, and the people of the invented organisation."""

from hypothesis import settings

from keeper_process import keeper  # noqa: F401 - a fixture
from on_disk import on_disk  # noqa: F401 - a fixture
from world import actor, client_of, world  # noqa: F401 - fixtures

pytest_plugins = ["one_chain", "rendered_templates", "room_on_the_stack"]

# How long one example takes says more about what else the machine does than about our code.
settings.register_profile("tanxin", deadline=None)
settings.load_profile("tanxin")
