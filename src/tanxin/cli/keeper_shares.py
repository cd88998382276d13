"""Shares on the way in and out, and words for what the keeper's home refuses."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from tanxin.core.vault.escrow import Share
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.share_text import MistypedShare, read
from tanxin.keeper.claim import AlreadyRunning, claim_home
from tanxin.keeper.custody.custodians import NoCustodians, RootKeyThere
from tanxin.keeper.custody.escrow_file import KeptEscrow, load_escrow
from tanxin.keeper.custody.sheets import SheetThere, write_sheets
from tanxin.keeper.root import FILE_NAME, TOKEN_NAME, RootKeyUnusable


def kept_escrow(home: Path) -> KeptEscrow:
    with refused_in_words():
        kept = load_escrow(home)
    if kept is None:
        raise click.ClickException("This root key was never split: tanxin keeper escrow --new 3/5")
    return kept


def outside(home: Path, sheets: Path | None) -> Path:
    """Shares beside what they open would protect nothing, and would be in every backup."""
    if sheets is None:
        raise click.UsageError("Say by --sheets where the sheets go, best /dev/shm/sheets.")
    if sheets.resolve().is_relative_to(home.resolve()):
        raise click.UsageError("The sheets must not lie in the keeper's home.")
    return sheets


def hand_out(
    directory: Path | None, language: str, kept: KeptEscrow, shares: Sequence[Share]
) -> None:
    if directory is None:
        raise NoCustodians
    paths = write_sheets(directory, kept, shares, language)
    click.echo(f"{len(paths)} sheets are in {directory}. Print each, hand it over, and then:")
    click.echo(f"  shred -u {directory}/share-*.txt")


def asked_for_if_needed(home: Path, files: Sequence[Path]) -> list[Share]:
    """Shares are needed where the root key is not stored."""
    if any((home / name).exists() for name in (FILE_NAME, TOKEN_NAME)):
        return []
    return shares_of(files, kept_escrow(home).escrow.needed)


def shares_of(files: Sequence[Path], needed: int) -> list[Share]:
    if files:
        return [read_named(str(file), file.read_text(encoding="utf-8")) for file in files]
    return [
        read_named(f"share {place} of {needed}", typed(place, needed))
        for place in range(1, needed + 1)
    ]


def read_named(name: str, text: str) -> Share:
    try:
        return read(text)
    except MistypedShare as mistyped:
        raise click.ClickException(f"{name}: {mistyped}") from None


def typed(place: int, needed: int) -> str:
    click.echo(f"Share {place} of {needed}: type its eight rows, one per line.")
    return "\n".join(click.prompt(f"  {row}", prompt_suffix=".  ") for row in range(1, 9))


@contextmanager
def claimed(home: Path) -> Iterator[None]:
    """Keep the keeper from starting meanwhile; refuse while it runs."""
    with refused_in_words():
        os.umask(0o077)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = claim_home(home)
        try:
            yield
        finally:
            os.close(lock)


@contextmanager
def refused_in_words() -> Iterator[None]:
    try:
        yield
    except AlreadyRunning as running:
        raise click.ClickException(f"{running}; stop it first.") from None
    except RootKeyThere as there:
        raise click.ClickException(f"{there} has a root key; it is left as it is.") from None
    except SheetThere as there:
        raise click.ClickException(f"{there} is there; nothing is written over a sheet.") from None
    except NoCustodians:
        raise click.ClickException("This root key was never split.") from None
    except (RootKeyUnusable, VaultRefusal) as reason:
        raise click.ClickException(f"{reason}. Nothing was changed.") from None
