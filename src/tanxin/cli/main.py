"""The root of the command: sets Django up, then loads only the group that was asked for."""

import os
import sys
from importlib import import_module

import click
import django
from django.core.exceptions import ImproperlyConfigured

GROUPS = {
    "archive": "tanxin.cli.archive",
    "audit": "tanxin.cli.audit",
    "demo": "tanxin.cli.demo",
    "duties": "tanxin.cli.duties",
    "export": "tanxin.cli.roster_export",
    "health": "tanxin.cli.health",
    "import": "tanxin.cli.roster_import",
    "issues": "tanxin.cli.issues",
    "keeper": "tanxin.cli.keeper",
    "migrate": "tanxin.cli.migrate",
    "plan": "tanxin.cli.plan",
    "realm": "tanxin.cli.realm",
    "rules": "tanxin.cli.rules",
    "serve": "tanxin.cli.serve",
    "worker": "tanxin.cli.worker",
}
NEEDS_NO_DATABASE = {"keeper", "demo"}


class LazyGroup(click.Group):
    """Loads a subcommand's module when it is named: ``--help`` and the keeper start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in GROUPS:
            return None
        if cmd_name not in NEEDS_NO_DATABASE:
            set_up()
        command: click.Command = import_module(GROUPS[cmd_name]).command
        return command


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanxin.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        click.echo(f"tanxin: {problem}", err=True)
        sys.exit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tanxin 谈心: who talks with whom and why, the talk itself, and what came of it."""
