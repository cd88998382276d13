"""Talking to a keeper that waits for its shares."""

import json
from pathlib import Path
from typing import Any

import click

from tanxin.apps.sealing.connection import Connection
from tanxin.cli.keeper_shares import typed
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.wire import PROTOCOL, encode_frame

_SOCKET = click.option("--socket", type=click.Path(path_type=Path), help="Of the keeper.")
_HOME = click.option("--home", type=click.Path(path_type=Path), help="Its socket is in there.")


@click.command()
@_HOME
@_SOCKET
@click.option(
    "--share", "files", multiple=True, type=click.Path(exists=True, path_type=Path),
    help="File with a share; without any, one share is asked for.",
)  # fmt: skip
def unseal(home: Path | None, socket: Path | None, files: tuple[Path, ...]) -> None:
    """Give shares to a sealed keeper. Custodians may come one after the other."""
    path = socket_of(home, socket)
    state = ask(path, "status", {})
    if not state["sealed"]:
        click.echo("The keeper is not sealed.")
        return
    texts = [file.read_text(encoding="utf-8") for file in files]
    for text in texts or [typed(len(state["given"]) + 1, state["needed"])]:
        state = ask(path, "unseal", {"share": text})
        if not files:
            click.clear()
        click.echo(told(state))
        if not state["sealed"]:
            return


@click.command()
@_HOME
@_SOCKET
@click.option("--json", "as_json", is_flag=True)
def status(home: Path | None, socket: Path | None, *, as_json: bool) -> None:
    """Say whether the keeper is sealed and which shares it was given; exit code 0 if it works."""
    state = ask(socket_of(home, socket), "status", {})
    click.echo(json.dumps(state) if as_json else told(state))
    if state["sealed"]:
        raise SystemExit(1)


def told(state: dict[str, Any]) -> str:
    if not state["sealed"]:
        return "The keeper works."
    given = ", ".join(map(str, state["given"])) or "none"
    missing = state["needed"] - len(state["given"])
    return f"Sealed (set {state['set']}). Shares given: {given}; {missing} more needed."


def socket_of(home: Path | None, socket: Path | None) -> Path:
    if socket is None and home is None:
        raise click.UsageError("Name the keeper by --home or --socket.")
    return socket or Path(str(home)) / "keeper.sock"


def ask(path: Path, operation: str, args: dict[str, Any]) -> dict[str, Any]:
    try:
        connection = Connection(str(path))
        try:
            answer = connection.ask(encode_frame({"v": PROTOCOL, "op": operation, "args": args}))
        finally:
            connection.close()
    except (OSError, VaultRefusal):
        raise click.ClickException(f"No keeper answers at {path}.") from None
    if answer.get("ok") is not True:
        raise click.ClickException(in_words(str(answer.get("code")), answer.get("params", {})))
    result: dict[str, Any] = answer["result"]
    return result


def in_words(code: str, params: dict[str, Any]) -> str:
    if code == "mistyped_share":
        row = params.get("row")
        wrong = f"Row {row} is mistyped" if row else "That is not a share of eight rows"
        return f"{wrong}. Nothing was changed; please try again."
    if code == "wrong_share":
        return f"{str(params.get('reason')).capitalize()}. Nothing was changed."
    return f"The keeper said no: {code}."
