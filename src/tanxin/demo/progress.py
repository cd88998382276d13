"""Plain lines about what is being built, each with its count and seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click


@dataclass(slots=True)
class Line:
    count: int = 0


@contextmanager
def step(chinese: str, english: str) -> Iterator[Line]:
    """Say in both languages what was done when it is; ``count`` stands where they say ``{n}``."""
    line = Line()
    began = time.monotonic()
    yield line
    said = f"{chinese} / {english}".format(n=line.count)
    click.echo(f"  {said}  {time.monotonic() - began:.1f} s")
