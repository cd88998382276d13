import os
import sys
from pathlib import Path

import click


@click.command()
@click.option("--home", required=True, type=click.Path(path_type=Path), help="Where the keys lie.")
@click.option("--socket", type=click.Path(path_type=Path), help="Default: HOME/keeper.sock")
def command(home: Path, socket: Path | None) -> None:
    """Run the key process. It becomes this process and knows nothing of the database."""
    where = socket or home / "keeper.sock"
    arguments = [sys.executable, "-m", "tanxin.keeper", "--socket", str(where), "--home", str(home)]
    os.execv(sys.executable, arguments)  # noqa: S606 - becomes the keeper on purpose
