"""``tanxin archive``: the sealed files beside the database."""

import json
import sys

import click
from django.utils import timezone

from tanxin.apps.archive.attachments import sweep as sweep_files
from tanxin.cli.archive_package import verify_package


@click.group()
def command() -> None:
    """Look after attached files."""


command.add_command(verify_package)


@command.command()
@click.option("--json", "as_json", is_flag=True)
def sweep(*, as_json: bool) -> None:
    """Remove files that no row names, and say which are missing; the worker does so daily.

    Exit code 1 where files are missing: bring them back from the backup.
    """
    swept = sweep_files(at=timezone.now())
    missing = [str(one) for one in swept.missing]
    if as_json:
        click.echo(json.dumps({"removed": swept.removed, "missing": missing}))
    else:
        click.echo(f"{swept.removed} files of no row removed.")
        for one in missing:
            click.echo(f"missing: attachment {one}; bring it back from the backup.", err=True)
    sys.exit(1 if missing else 0)
