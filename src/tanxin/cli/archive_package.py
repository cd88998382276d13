"""``tanxin archive verify-package``: whether a package is what its manifest says, without us."""

import json
import sys
from pathlib import Path

import click

from tanxin.core.packages import faults_of

SAYS = {
    "unreadable": "it is no package, or damaged",
    "unknown-form": "its manifest is of another form",
    "missing": "is named and not there",
    "not-named": "is there and not named",
    "changed": "is not what the manifest says",
}


@click.command("verify-package")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def verify_package(file: Path, *, as_json: bool) -> None:
    """Check every file of an archive package against its manifest; exit code 1 if one differs.

    Needs neither database nor keeper. A receipt in it is checked with verifier.py and an export.
    """
    faults = faults_of(file.read_bytes())
    if as_json:
        click.echo(json.dumps([{"code": one.code, "file": one.file} for one in faults]))
    elif not faults:
        click.echo("OK")
    for one in faults if not as_json else ():
        click.echo(f"{one.file or file.name}: {SAYS[one.code]}", err=True)
    sys.exit(1 if faults else 0)
