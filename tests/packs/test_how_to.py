"""The pack of the how-to is one that works, and so are its cases."""

import re
from pathlib import Path

import yaml

from tanxin.core.policy import load_packs
from tanxin.core.policy.cases import cases_in, misses
from tanxin.packs import shipped_sources

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-a-rule-pack.md"
PACK, CASES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_walked_pack_has_no_fault_and_its_cases_hold():
    checked = load_packs({**shipped_sources("national"), "own": PACK})

    assert checked.faults == ()
    assert yaml.safe_load(PACK)["pack"] == "west-district-office"
    for case in cases_in(CASES):
        assert misses(case, checked.packs) == []
