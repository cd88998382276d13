"""Cases beside packs, run."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from tanxin.apps.duties.fault_words import mend, sentence
from tanxin.cli.rules_compared import LANGUAGE
from tanxin.cli.rules_sources import PACK, shipped_besides, sources_of
from tanxin.core.policy import Fault, Pack, load_packs
from tanxin.core.policy.case_faults import case_faults
from tanxin.core.policy.cases import Case, Miss, cases_in, misses
from tanxin.packs import LIBRARY


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@LANGUAGE
def cases(path: Path, language: str) -> None:
    """Run the cases of a file, or those beside the packs under a folder.

    A case tells an organisation in a few lines, which duties are expected and which must not be.
    What no case can say is a fault with file, line and what was probably meant; other files are
    run all the same. Exit code 1 if there is a fault or anything came out otherwise.
    """
    with translation.override(language):
        files = files_at(path)
        if not files:
            said = _("No cases in %(path)s: they stand in a folder cases beside the pack.")
            raise click.ClickException(said % {"path": path})
        packs = packs_beside(path)
        outcomes = [tried_all(file, packs) for file in files]
        wrong = say_sum(outcomes)
    sys.exit(1 if wrong else 0)


@dataclass(frozen=True, slots=True)
class Packs:
    sound: tuple[Pack, ...]
    unsound: frozenset[str]


def files_at(path: Path) -> list[Path]:
    """The file of cases itself; or those under a folder, or beside a pack."""
    if path.is_file() and not is_pack(path):
        return [path]
    folder = path.parent if path.is_file() else path
    if folder.resolve().name == "cases":
        return sorted(folder.rglob("*.y*ml"))
    return sorted(folder.rglob("cases/*.y*ml"))


def is_pack(file: Path) -> bool:
    return bool(PACK.search(file.read_text(encoding="utf-8", errors="replace")))


def packs_beside(path: Path) -> Packs:
    """Those under the folder, or in the folder that holds the file or its folder ``cases``."""
    path = path.resolve()
    folder = path.parent if path.is_file() else path
    folder = folder.parent if folder.name == "cases" else folder
    found = sources_of(folder) if path.is_dir() else flat(folder)
    own = {file: text for file, text in found.items() if PACK.search(text)}
    checked = load_packs({**shipped_besides(own, LIBRARY), **own})
    broken = {fault.file for fault in checked.faults}
    sound = tuple(pack for pack in checked.packs if pack.file not in broken)
    named = {name for file in broken for name in PACK.findall(own.get(file, ""))}
    return Packs(sound, frozenset(named))


def flat(folder: Path) -> Mapping[str, str]:
    """What stands in the folder itself: a file is told apart without a search below it."""
    return {
        str(file): file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(folder.glob("*.y*ml"))
    }


def tried_all(file: Path, packs: Packs) -> Sequence[bool] | None:
    """Say how the cases of a file came out; for each whether as written, nothing for faults."""
    text = file.read_text(encoding="utf-8", errors="replace")
    faults = case_faults(str(file), text, packs.sound, packs.unsound)
    if faults:
        say_faults(file, faults)
        return None
    outcomes = [(case, misses(case, meant(case, packs.sound))) for case in cases_in(text)]
    for case, otherwise in outcomes:
        say(case, otherwise)
    return [not otherwise for _case, otherwise in outcomes]


def say_sum(outcomes: Sequence[Sequence[bool] | None]) -> int:
    tried = [good for outcome in outcomes if outcome is not None for good in outcome]
    wrong, faulty = tried.count(False), outcomes.count(None)
    told = _("%(n)s cases, %(wrong)s otherwise than expected; %(files)s files not tried.")
    click.echo(told % {"n": len(tried), "wrong": wrong, "files": faulty})
    return wrong + faulty


def meant(case: Case, packs: Sequence[Pack]) -> list[Pack]:
    return [pack for pack in packs if pack.id in case["packs"]]


def say_faults(file: Path, faults: Sequence[Fault]) -> None:
    for fault in sorted(faults, key=lambda fault: fault.line):
        click.echo(f"{fault.file}:{fault.line}: {sentence(fault)}")
        if mend(fault):
            click.echo("    " + mend(fault).replace("\n", "\n    "))
    told = _("%(file)s: not tried, because of %(n)s faults.")
    click.echo("✗ " + told % {"file": file, "n": len(faults)})


def say(case: Case, otherwise: Sequence[Miss]) -> None:
    click.echo(f"{'✗' if otherwise else '✓'} {case.get('case', '')}")
    for miss in otherwise:
        said = ", ".join(f"{key}: {value}" for key, value in miss.said.items())
        told = _("wanted %(wanted)s times, came %(found)s times: %(said)s")
        click.echo("    " + told % {"wanted": miss.wanted, "found": miss.found, "said": said})
