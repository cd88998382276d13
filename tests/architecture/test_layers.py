"""Each contract of pyproject.toml is broken once, in a small copy of the tree, to see it fail.

The copy holds the packages and what the contracts name, all empty, so that one forbidden import is
the only thing in it.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from our_tools import ROOT, SOURCE

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
LAYERS = "Layers: imports go down only"
APPS = "Apps: one order, top to bottom"
CORE = "Core is pure: no Django, no network, no files of its own"
KEEPER = "The keeper knows the vault and the standard library only"
DOORS = "Web and commands see no tables: rows come through the doors"

BREAKS = [
    (LAYERS, "core/lifecycle.py", "import tanxin.apps.talks"),
    (LAYERS, "apps/talks/access.py", "import tanxin.web.talks"),
    (LAYERS, "web/days/views.py", "import tanxin.cli.main"),
    (LAYERS, "cli/main.py", "import tanxin.config.settings"),
    (LAYERS, "config/urls.py", "import tanxin.demo"),
    (APPS, "apps/duties/selectors.py", "import tanxin.apps.talks.models"),
    (APPS, "apps/realms/models.py", "import tanxin.apps.sealing"),
    (CORE, "core/policy/derive.py", "from django.utils import timezone"),
    (CORE, "core/calendar/days.py", "import os"),
    (CORE, "core/vault/box.py", "import time"),
    (KEEPER, "keeper/server.py", "import django"),
    (KEEPER, "keeper/service.py", "import tanxin.apps.org.models"),
    (KEEPER, "keeper/realms.py", "import tanxin.core.access"),
    (DOORS, "web/days/views.py", "import tanxin.apps.talks.models"),
    (DOORS, "cli/audit.py", "from tanxin.apps.audit.models import AuditLeaf"),
]


@pytest.fixture(scope="module")
def small_copy(tmp_path_factory) -> Path:
    """Every package and every module down to the third level, without what stands in them."""
    root = tmp_path_factory.mktemp("tree")
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE)
        if len(place.parts) <= 3 and "migrations" not in place.parts:
            write(root, place.as_posix(), "")
    write(root, "demo/__init__.py", "")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def write(root: Path, place: str, text: str) -> None:
    path = root / "tanxin" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def broken_contracts(root: Path) -> set[str]:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    found = {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if "BROKEN" in line}
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return found


def test_a_tree_without_imports_keeps_every_contract(small_copy):
    assert broken_contracts(small_copy) == set()


@pytest.mark.parametrize(("contract", "place", "line"), BREAKS)
def test_a_forbidden_import_breaks_its_contract(small_copy, contract, place, line):
    before = small_copy / "tanxin" / place
    assert before.exists(), "the example names a module that is no more"
    write(small_copy, place, f"{line}\n")

    try:
        assert contract in broken_contracts(small_copy)
    finally:
        write(small_copy, place, "")


def test_every_contract_is_broken_once():
    assert {contract["name"] for contract in CONTRACTS} == {contract for contract, _, _ in BREAKS}
