"""What comes in by the command line passes the same screen as what comes in by a page."""

from collections.abc import Iterator
from pathlib import Path

import click
from django.utils import timezone

from tanxin.apps.audit.refused import marking_refused
from tanxin.core.access import Actor
from tanxin.core.markings import screen
from tanxin.core.uploads import texts_in


def refuse_marked(actor: Actor, path: Path) -> None:
    """Raises ``ClickException``, which names neither the file nor anything in it."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        rule = next((seen.rule for text in words(file) if (seen := screen(text)).stops), "")
        if rule:
            marking_refused(actor, rule, at=timezone.now())
            raise click.ClickException(
                f"This file bears the mark of a state secret (rule {rule}); nothing was read in. "
                "Call your unit's security officer."
            )


def words(file: Path) -> Iterator[str]:
    yield file.name
    if file.is_file() and not file.is_symlink():
        yield from texts_in(file.read_bytes())
