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
def step(what: str, unit: str) -> Iterator[Line]:
    """Say ``what`` was done when it is, with ``count`` of ``unit``."""
    line = Line()
    began = time.monotonic()
    yield line
    click.echo(f"  {what}  {line.count} {unit}  {time.monotonic() - began:.1f} s")
