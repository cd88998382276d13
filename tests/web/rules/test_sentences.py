"""Every rule that ships can be read as a sentence, in Chinese without a word of the language."""

import re
from datetime import date

import pytest
from django.utils import translation

from tanxin.core.policy import load_packs
from tanxin.packs import LIBRARY, shipped_sources
from tanxin.web.rules.sentence import sentence

PACKS = load_packs(shipped_sources(*LIBRARY)).packs
RULES = [(pack, rule) for pack in PACKS for rule in pack.rules if rule.terms]
# What a pack names itself is called by its code until the pack is at hand.
OWN = {word for pack in PACKS for word in pack.own.contacts}


@pytest.mark.parametrize(
    "rule", [rule for _, rule in RULES], ids=[f"{pack.id}/{rule.id}" for pack, rule in RULES]
)
def test_a_rule_reads_as_a_sentence(rule):
    with translation.override("zh-hans"):
        told = sentence(rule, date(2026, 11, 23))

    codes = set(re.findall(r"[A-Za-z_]+", told)) - OWN
    assert codes == set(), told
