"""The pack of the how-to is one that works, and so are its cases, in both languages."""

import re
from pathlib import Path

import pytest
import yaml

from tanxin.core.policy import load_packs
from tanxin.core.policy.case_faults import case_faults
from tanxin.core.policy.cases import cases_in, misses
from tanxin.packs import shipped_sources

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [
    DOCS / "how-to" / "write-a-rule-pack.md",
    DOCS / "how-to" / "write-a-rule-pack.zh-CN.md",
]
LINK = re.compile(r"\]\((?!http)([^)#]+)")


@pytest.fixture(params=PAGES, ids=["en", "zh"])
def text(request):
    return request.param.read_text("utf-8")


def blocks(text):
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def test_the_walked_pack_has_no_fault_and_its_cases_hold(text):
    pack, cases = blocks(text)

    checked = load_packs({**shipped_sources("national"), "own": pack})

    assert checked.faults == ()
    assert yaml.safe_load(pack)["pack"] == "west-district-office"
    assert case_faults("cases", cases, checked.packs) == []
    for case in cases_in(cases):
        assert misses(case, checked.packs) == []


def test_both_pages_walk_the_same_example():
    one, other = (blocks(page.read_text("utf-8")) for page in PAGES)

    assert one == other


def test_every_time_in_the_tables_can_be_written(text):
    pack, _cases = blocks(text)
    times = re.findall(r"\| `(time: .*?)`", text)

    assert times
    for said in times:
        tree = yaml.safe_load(pack)
        rule = {**tree["rules"][0], **yaml.safe_load(said)}
        if "lapsed" in said:
            rule |= {"who": {"head": True}, "whom": {"head": True}, "relation": {"below": "direct"}}
        rule["count"] = "initiator" if "percent" in said else rule["count"]
        tree["rules"] = [rule]
        written = yaml.safe_dump(tree, allow_unicode=True)
        assert load_packs({**shipped_sources("national"), "own": written}).faults == (), said


@pytest.mark.parametrize(
    "page", [*PAGES, DOCS / "README.md", DOCS / "README.zh-CN.md"], ids=lambda page: page.name
)
def test_every_link_of_the_pages_leads_to_a_file(page):
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
