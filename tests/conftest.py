"""Fixtures for all: the keeper process, and the people of the invented organisation."""

from keeper_process import keeper  # noqa: F401 - a fixture

pytest_plugins: list[str] = []
