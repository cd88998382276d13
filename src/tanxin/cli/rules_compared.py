"""Packs read, compared, and tried on the people who are here."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tanxin.apps.duties.drafting.reading import look, text_in_force
from tanxin.apps.duties.drafting.trying import Tried, What, When, span_of, try_text
from tanxin.apps.duties.fault_words import mend, sentence
from tanxin.cli.realms import chosen_realm
from tanxin.core.drafting.differences import Difference, differences
from tanxin.core.drafting.placed import Placed
from tanxin.core.drafting.rewrite import read_tree
from tanxin.core.drafting.shown import shown
from tanxin.core.drafting.tree import Tree
from tanxin.packs import LIBRARY, shipped_sources

AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
LANGUAGE = click.option("--language", default="zh-hans", show_default=True, help="zh-hans or en.")
REALM = click.option("--realm", help="Name or id; not needed where there is one realm.")
MINUTES = 45


def text_named(name: str, realm: str | None) -> str:
    """The source of a file, of a pack in force here, or of a shipped one."""
    if Path(name).is_file():
        return Path(name).read_text(encoding="utf-8", errors="replace")
    if name in LIBRARY and realm is None:
        return next(iter(shipped_sources(name).values()))
    text = text_in_force(chosen_realm(realm), name)
    if text is None:
        known = ", ".join(LIBRARY)
        raise click.ClickException(f"No file and no pack is called {name}. Shipped: {known}.")
    return text


@click.command()
@click.argument("pack")
@REALM
@AS_JSON
@LANGUAGE
def show(pack: str, realm: str | None, language: str, *, as_json: bool) -> None:
    """Show PACK as its source, with the clauses over each rule.

    What is printed can be checked and published again. PACK is a file, a shipped pack, or with
    --realm one that is in force there.
    """
    tree = tree_of(text_named(pack, realm))
    if as_json:
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2, default=str))
        return
    click.echo(shown(tree, "en" if language == "en" else "zh"), nl=False)


def tree_of(text: str) -> dict[str, Tree]:
    tree = read_tree(text)
    if not isinstance(tree, dict):
        raise click.ClickException("This is no pack: check it first (tanxin rules check).")
    return tree


@click.command()
@click.argument("one")
@click.argument("other")
@REALM
@AS_JSON
@LANGUAGE
def diff(one: str, other: str, realm: str | None, language: str, *, as_json: bool) -> None:
    """Say what is otherwise in OTHER: each a file, a shipped pack, or one in force (--realm).

    Exit code 1 if anything is.
    """
    found = differences(tree_of(text_named(one, realm)), tree_of(text_named(other, realm)))
    with translation.override(language):
        if as_json:
            click.echo(json.dumps([told(each) for each in found], ensure_ascii=False, indent=2))
        elif not found:
            click.echo(_("Both say the same."))
        else:
            for each in found:
                say_difference(each)
    sys.exit(1 if found else 0)


def told(one: Difference) -> dict[str, object]:
    words = [{"key": key, "before": was, "after": now} for key, was, now in one.words]
    return {"section": one.section, "name": one.name, "what": one.kind.value, "words": words}


def say_difference(one: Difference) -> None:
    sign = {"added": "+", "removed": "-", "changed": "~"}[one.kind]
    click.echo(f"{sign} {one.section} {one.name}".rstrip())
    for key, was, now in one.words:
        click.echo(f"    {key}: {was or '-'}  →  {now or '-'}")


@click.command()
@click.argument("pack")
@REALM
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
@click.option("--minutes", default=MINUTES, show_default=True, help="That a talk takes.")
@AS_JSON
@LANGUAGE
def preview(
    pack: str,
    realm: str | None,
    start: datetime | None,
    minutes: int,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Say which duties PACK would make appear, change and vanish here, and what it costs.

    Nothing is saved. Exit code 1 if the pack has faults.
    """
    with translation.override(language):
        realm_id, today = chosen_realm(realm), timezone.localdate()
        text = text_named(pack, None)
        faults = look(realm_id, text).faults
        if faults:
            say_faults(pack, faults, as_json=as_json)
            sys.exit(1)
        tried = try_text(realm_id, text, start=start.date() if start else today, today=today)
        if as_json:
            click.echo(json.dumps(preview_data(tried, minutes), ensure_ascii=False, indent=2))
        else:
            say_preview(tried, minutes)


@dataclass(frozen=True, slots=True)
class Counted:
    """How much would come, change and go; ``minutes`` are those of whoever leads the talks."""

    numbers: Mapping[What, int]
    talks: int = 0
    minutes: int = 0

    def told(self) -> dict[str, object]:
        return {what.value: number for what, number in self.numbers.items()}


def counted(tried: Tried, when: When, minutes: int) -> Counted:
    talks = tried.talks(when).total()
    numbers = {what: len(tried.chosen(what, when)) for what in What}
    return Counted(numbers, talks, talks * minutes)


def by_rule(tried: Tried) -> dict[str, Counted]:
    rules = sorted({(each.pack, each.rule) for each in tried.changes})
    return {
        "/".join(rule): Counted({what: len(tried.chosen(what, rule=rule)) for what in What})
        for rule in rules
    }


def preview_data(tried: Tried, minutes: int) -> dict[str, object]:
    found: dict[str, object] = {"start": tried.start.isoformat(), "minutes_a_talk": minutes}
    for when in (When.MONTH, When.YEAR):
        first, after = span_of(when, tried.today)
        numbers = counted(tried, when, minutes)
        found[when.value] = {
            "from": first.isoformat(),
            "until_before": after.isoformat(),
            **numbers.told(),
            "talks": numbers.talks,
            "minutes": numbers.minutes,
        }
    found["rules"] = [{"rule": rule, **each.told()} for rule, each in by_rule(tried).items()]
    found["notes"] = [sentence(note) for note in tried.notes]
    return found


def say_preview(tried: Tried, minutes: int) -> None:
    for when, title in ((When.MONTH, _("next month")), (When.YEAR, _("next year"))):
        numbers = counted(tried, when, minutes)
        line = _(
            "%(title)s: %(appears)s appear, %(changes)s change, %(vanishes)s vanish; "
            "%(talks)+d talks, %(hours)+.1f hours"
        )
        more = {"title": title, "talks": numbers.talks, "hours": numbers.minutes / 60}
        click.echo(line % {**numbers.told(), **more})
    for rule, found in by_rule(tried).items():
        signs = " ".join(f"{SIGNS[what]}{number}" for what, number in found.numbers.items())
        click.echo(f"  {rule}  {signs}")
    for note in tried.notes:
        click.echo("  " + sentence(note))


SIGNS = {What.APPEARS: "+", What.CHANGES: "~", What.VANISHES: "-"}


def say_faults(file: str, faults: tuple[Placed, ...], *, as_json: bool) -> None:
    rows = [
        {
            "file": file,
            "line": placed.fault.line,
            "code": placed.fault.code,
            "fault": sentence(placed.fault),
            "mend": mend(placed.fault),
        }
        for placed in faults
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{file}:{row['line']}: {row['fault']}")
        if row["mend"]:
            click.echo("    " + str(row["mend"]).replace("\n", "\n    "))
