"""``tanxin keeper``: run the key process, and look after the keys it holds."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

SUITES = click.Choice(["intl-1", "gm-1"])
OFFLINE = {
    "escrow": "tanxin.cli.keeper_root:escrow",
    "init": "tanxin.cli.keeper_root:init",
    "rotate-root": "tanxin.cli.keeper_root:rotate_root",
    "status": "tanxin.cli.keeper_unseal:status",
    "token": "tanxin.cli.keeper_root:token",
    "unseal": "tanxin.cli.keeper_unseal:unseal",
}
WITH_DATABASE = {
    "migrate": "tanxin.cli.keeper_moves:migrate",
    "rotate": "tanxin.cli.keeper_moves:rotate",
}


class KeeperGroup(click.Group):
    """Loads Django only for what moves rows: the keeper's own user has no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted({*self.commands, *OFFLINE, *WITH_DATABASE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in WITH_DATABASE:
            import_module("tanxin.cli.main").set_up()
        place = (OFFLINE | WITH_DATABASE).get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=KeeperGroup, invoke_without_command=True)
@click.option("--home", type=click.Path(path_type=Path), help="As for run, which is meant then.")
@click.pass_context
def command(ctx: click.Context, home: Path | None) -> None:
    """The key process, and the keys it holds."""
    if ctx.invoked_subcommand is None:
        if home is None:
            raise click.UsageError("Name a command, or the --home of the keeper to run.")
        become_keeper(home, None, ())


@command.command(context_settings={"ignore_unknown_options": True})
@click.option("--home", required=True, type=click.Path(path_type=Path), help="Where the keys lie.")
@click.option("--socket", type=click.Path(path_type=Path), help="Default: HOME/keeper.sock")
@click.argument("further", nargs=-1, type=click.UNPROCESSED)
def run(home: Path, socket: Path | None, further: tuple[str, ...]) -> None:
    """Run the key process; it knows nothing of the database.

    FURTHER options are the keeper's own: python -m tanxin.keeper --help
    """
    become_keeper(home, socket, further)


def become_keeper(home: Path, socket: Path | None, further: tuple[str, ...]) -> None:
    if any(option.startswith("--believe") for option in further):
        raise click.UsageError("Only the demo's keeper believes the web; see tanxin demo.")
    where = socket or home / "keeper.sock"
    paths = ["--socket", str(where), "--home", str(home)]
    arguments = [sys.executable, "-m", "tanxin.keeper", *paths, *further]
    os.execv(sys.executable, arguments)  # noqa: S606 - becomes the keeper on purpose
