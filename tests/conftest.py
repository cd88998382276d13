"""Fixtures for all: the keeper process, and the people of the invented organisation."""

from keeper_process import keeper  # noqa: F401 - a fixture
from on_disk import on_disk  # noqa: F401 - a fixture
from world import actor, client_of, world  # noqa: F401 - fixtures

pytest_plugins = ["rendered_templates"]
