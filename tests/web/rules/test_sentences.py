"""Every rule that ships can be read as a sentence, in Chinese without a word of the language."""

import re
from datetime import date

import pytest
from django.utils import translation

from tanxin.core.policy import load_packs
from tanxin.packs import LIBRARY, shipped_sources
from tanxin.web.rules.sentence import sentence
from tanxin.web.rules.wording import wording

PACKS = load_packs(shipped_sources(*LIBRARY)).packs
RULES = [(pack, rule) for pack in PACKS for rule in pack.rules if rule.terms]


@pytest.mark.parametrize(
    ("pack", "rule"), RULES, ids=[f"{pack.id}/{rule.id}" for pack, rule in RULES]
)
def test_a_rule_reads_as_a_sentence(pack, rule):
    with translation.override("zh-hans"):
        told = sentence(rule, date(2026, 11, 23), wording(pack.own))

    codes = set(re.findall(r"[A-Za-z_]+", told))
    assert codes == set(), told
