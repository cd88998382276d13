"""The root key: made, split among custodians, tried, changed, put into a token.

All of it is done in the keeper's home, by the keeper's user, while no keeper runs there.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from tanxin.cli.keeper_shares import (
    asked_for_if_needed,
    claimed,
    hand_out,
    kept_escrow,
    outside,
    refused_in_words,
    shares_of,
)
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.suites import SUITES as PROVIDERS
from tanxin.keeper.custody import custodians as custody
from tanxin.keeper.custody.custodians import Custodians
from tanxin.keeper.custody.escrow_file import KeptEscrow, load_escrow
from tanxin.keeper.custody.root_change import begin_change, finish_change, is_under_way
from tanxin.keeper.root import FILE_NAME, TOKEN_NAME, read_root_key
from tanxin.keeper.root import token as token_module

SPLITS = {"3/5": (3, 5), "2/3": (2, 3)}
_HOME = click.option(
    "--home", required=True, type=click.Path(path_type=Path), help="Where the keys lie."
)
_SHEETS = click.option(
    "--sheets", type=click.Path(path_type=Path), help="Directory for the custodians' sheets."
)
_HOLDER = click.option(
    "--holder", "holders", multiple=True, help="Who gets a share, in order; once for each."
)
_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="Of the sheets.",
)  # fmt: skip
_SHARES = click.option(
    "--share", "files", multiple=True, type=click.Path(exists=True, path_type=Path),
    help="File with a share; without any, they are asked for where needed.",
)  # fmt: skip


@click.command()
@_HOME
@click.option("--suite", type=click.Choice(["intl-1", "gm-1"]), default="intl-1", show_default=True)
@click.option("--escrow", type=click.Choice(list(SPLITS)), help="Split it among custodians.")
@click.option("--not-stored", is_flag=True, help="Only the custodians have it; needs --escrow.")
@_SHEETS
@_HOLDER
@_LANGUAGE
def init(
    *,
    home: Path,
    suite: str,
    escrow: str | None,
    sheets: Path | None,
    holders: tuple[str, ...],
    language: str,
    not_stored: bool,
) -> None:
    """Make the root key of a new keeper."""
    if not_stored and escrow is None:
        raise click.UsageError("--not-stored needs --escrow, or nobody would have the key.")
    chosen = None if escrow is None else custodians_of(escrow, holders)
    directory = None if chosen is None else outside(home, sheets)
    with claimed(home):
        name = custody.set_up(
            home,
            provider_of(suite),
            custodians=chosen,
            hand_out=partial(hand_out, directory, language),
            stored=not not_stored,
            at=datetime.now(UTC),
        )
    click.echo(f"Root key {name} is made.")
    click.echo(f"It is {'not stored here' if not_stored else f'stored in {home / FILE_NAME}'}.")


@click.command()
@_HOME
@click.option("--new", type=click.Choice(list(SPLITS)), help="Make a new set of shares.")
@click.option("--drill", is_flag=True, help="Prove that the given shares open; changes nothing.")
@_SHEETS
@_HOLDER
@_LANGUAGE
@_SHARES
def escrow(
    *,
    home: Path,
    new: str | None,
    sheets: Path | None,
    holders: tuple[str, ...],
    language: str,
    files: tuple[Path, ...],
    drill: bool,
) -> None:
    """Say who holds which share; make a new set; try whether shares open."""
    if drill:
        try_shares(home, files)
    elif new:
        make_set(home, custodians_of(new, holders, home), sheets, language, files)
    else:
        tell_escrow(kept_escrow(home))


def try_shares(home: Path, files: Sequence[Path]) -> None:
    known = kept_escrow(home)
    with refused_in_words():
        kept = custody.drill(home, shares_of(files, known.escrow.needed), datetime.now(UTC))
    numbers = ", ".join(map(str, kept.drills[-1].numbers))
    click.echo(f"Shares {numbers} open the root key {kept.root_id}. Nothing was changed.")


def make_set(
    home: Path,
    chosen: Custodians,
    sheets: Path | None,
    language: str,
    files: Sequence[Path],
) -> None:
    directory = outside(home, sheets)
    with claimed(home):
        kept = custody.new_set(
            home,
            PROVIDERS[known_suite(home)],
            asked_for_if_needed(home, files),
            custodians=chosen,
            hand_out=partial(hand_out, directory, language),
            at=datetime.now(UTC),
        )
    click.echo(f"Set {kept.escrow.set_id.hex()} is in force; shares of any other are worthless.")


def tell_escrow(kept: KeptEscrow) -> None:
    escrow = kept.escrow
    click.echo(
        f"Set {escrow.set_id.hex()}, {escrow.needed} of {escrow.count},"
        f" made {kept.made_at[:10]}, root key {kept.root_id}"
    )
    for number in sorted(escrow.checks):
        tried = [drill.at[:10] for drill in kept.drills if number in drill.numbers]
        last = f"tried {tried[-1]}" if tried else "never tried"
        click.echo(f"  {number}  {kept.holders.get(number) or '(not noted)'}  {last}")
    click.echo(f"Last drill: {kept.drills[-1].at[:10] if kept.drills else 'never'}")


@click.command("rotate-root")
@_HOME
@_SHEETS
@_HOLDER
@_LANGUAGE
@_SHARES
def rotate_root(
    home: Path,
    sheets: Path | None,
    holders: tuple[str, ...],
    language: str,
    files: tuple[Path, ...],
) -> None:
    """Make another root key and wrap every realm's keys under it; goes on where it was stopped."""
    with claimed(home):
        chosen = None if is_under_way(home) else same_split(home, holders)
        directory = None if chosen is None else outside(home, sheets)
        shares = asked_for_if_needed(home, files)
        if not is_under_way(home):
            begin_change(
                home,
                PROVIDERS[known_suite(home)],
                shares,
                custodians=chosen,
                hand_out=partial(hand_out, directory, language),
                at=datetime.now(UTC),
            )
        count = finish_change(home, shares, datetime.now(UTC))
    click.echo(f"{count} realms are wrapped under the new root key; the old one opens nothing.")


@click.command()
@_HOME
@click.option("--module", required=True, help="The vendor's PKCS#11 library.")
@click.option("--token", "label", required=True, help="Label of the token.")
@click.option("--key", default="tanxin-root", show_default=True, help="Label of the key in it.")
@click.option("--pin-file", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--make-key", is_flag=True, help="Make the key in the token first.")
def token(home: Path, module: str, label: str, key: str, pin_file: Path, *, make_key: bool) -> None:
    """Wrap the stored root key by a token's key, and store it no more."""
    with claimed(home):
        root = read_root_key(home)
        tokens = token_module()
        where = tokens.TokenKey(module, label, key, str(pin_file.resolve()))
        if make_key:
            tokens.make_token_key(where)
        tokens.wrap_root(home / TOKEN_NAME, where, root)
        (home / FILE_NAME).unlink()
    click.echo(f"The root key is wrapped by {key} in the token {label}; {FILE_NAME} is gone.")


def custodians_of(split: str, holders: Sequence[str], home: Path | None = None) -> Custodians:
    """Those who are named; or else, for a set as large, those who have the shares now."""
    needed, count = SPLITS[split]
    known = load_escrow(home) if home and not holders else None
    if known and known.escrow.count == count:
        holders = [known.holders.get(number, "") for number in sorted(known.escrow.checks)]
    if len(holders) not in {0, count}:
        raise click.UsageError(f"Name {count} holders, or none; {len(holders)} were named.")
    return Custodians(needed, holders or [""] * count)


def same_split(home: Path, holders: Sequence[str]) -> Custodians | None:
    kept = load_escrow(home)
    if kept is None:
        return None
    named = [kept.holders.get(number, "") for number in sorted(kept.escrow.checks)]
    if holders and len(holders) != len(named):
        raise click.UsageError(f"Name {len(named)} holders, or none to keep those there are.")
    return Custodians(kept.escrow.needed, holders or named)


def known_suite(home: Path) -> int:
    kept = load_escrow(home)
    return kept.escrow.suite if kept else 1


def provider_of(suite: str) -> Provider:
    return next(one for one in PROVIDERS.values() if one.name.lower() == suite)
