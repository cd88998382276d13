"""Second stage: nodes → one pack, or everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tanxin.core.policy import check_own, check_rule
from tanxin.core.policy.dated import Dated, always
from tanxin.core.policy.faults import Fault, meant
from tanxin.core.policy.fields import NO_DAY, Fields
from tanxin.core.policy.occasions import ANY_RULE
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import AfterEvent, Citation, Level, Organisation, Pack, Rule

NEWCOMER_DAYS = "newcomer-days"
DEFAULT_NEWCOMER_DAYS = 30
FIRST_YEAR = 1921
HEAD_EXAMPLE = """\
pack: our-bureau
title: {zh: 本局谈心谈话制度, en: Talks in our bureau}
version: 2026.1
level: unit
valid: {from: 2026-01-01}
"""
CITATION_EXAMPLE = """\
citations:
  own-rule-3:
    document: 本局谈心谈话制度
    year: 2026
    article: 3
    issued: unit
    clause: 主要负责人每半年与班子成员谈心一次。
    verified: no
"""
KEYS = (
    "pack", "title", "version", "level", "organisations", "extends", "valid",
    "parameters", "citations", "rules", *check_own.KEYS,
)  # fmt: skip
CITATION_KEYS = (
    "document", "year", "article", "section", "issued", "clause", "source",
    "verified", "verified_by", "verified_on",
)  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def words_of(root: Node) -> OwnWords:
    """Return the words that a pack brings along, for the packs checked together with it."""
    return check_own.own_words(Fields(root, KEYS, [], HEAD_EXAMPLE))


def check(root: Node, own: OwnWords = NO_WORDS) -> tuple[Pack, tuple[Fault, ...]]:
    """Return the pack of ``root``; it may be used only if there is no fault.

    ``own`` are the words of the packs it is checked together with.
    """
    faults: list[Fault] = []
    fields = Fields(root, KEYS, faults, HEAD_EXAMPLE, own)
    named = check_own.own_words(fields)
    parameters = _parameters(fields)
    citations = _citations(fields)
    rules = _rules(fields, citations, parameters)
    start, end = _valid(fields)
    pack = Pack(
        id=_pack_id(fields),
        title=fields.title("title"),
        version=fields.text("version"),
        level=_level(fields, "level"),
        organisations=fields.many("organisations", Organisation, Organisation.ANY),
        extends=tuple(fields.text_of(node) for node in fields.items("extends", needed=False)),
        start=start,
        end=end,
        newcomer_days=parameters.get(NEWCOMER_DAYS, always(DEFAULT_NEWCOMER_DAYS)),
        rules=rules,
        own=named,
        file=root.file,
        line=root.line,
    )
    return pack, tuple(faults)


def _pack_id(fields: Fields) -> str:
    text = fields.text("pack")
    if text and not _ID.fullmatch(text):
        fields.wrong("pack.id", fields.get("pack"), value=text)
    return text


def _level(fields: Fields, key: str) -> Level:
    fields.need(key)
    return fields.one(key, Level, Level.UNIT)


def _valid(fields: Fields) -> tuple[date, date | None]:
    node = fields.need("valid")
    if node is None:
        return NO_DAY, None
    valid = fields.inner(node, ("from", "to"))
    start, end = valid.day("from") or NO_DAY, valid.day("to", needed=False)
    if end and end <= start:
        valid.wrong("pack.valid-backwards")
    return start, end


def _parameters(fields: Fields) -> Mapping[str, Dated]:
    node = fields.get("parameters")
    if node is None:
        return {}
    inner = fields.inner(node, tuple(node.value) if isinstance(node.value, Mapping) else ())
    return {key: replace(inner.dated_of(value, {}), name=key) for key, value in inner.given()}


def _citations(fields: Fields) -> Mapping[str, Citation]:
    node = fields.get("citations")
    if node is None:
        return {}
    inner = fields.inner(
        node, tuple(node.value) if isinstance(node.value, Mapping) else (), CITATION_EXAMPLE
    )
    return {key: _citation(key, value, inner) for key, value in inner.given()}


def _citation(name: str, node: Node, outer: Fields) -> Citation:
    fields = outer.inner(node, CITATION_KEYS)
    place = fields.text("article", needed=False) or fields.text("section", needed=False)
    if not place:
        fields.wrong("citation.place")
    verified = fields.flag("verified")
    by, on = fields.text("verified_by", needed=False), fields.day("verified_on", needed=False)
    if verified and not (by and on):
        fields.wrong("citation.verified", fields.get("verified"))
    return Citation(
        id=name,
        document=fields.text("document"),
        year=fields.number("year", least=FIRST_YEAR),
        place=place,
        issued=_level(fields, "issued"),
        clause=fields.text("clause"),
        verified=verified,
        verified_by=by,
        verified_on=on,
        source=fields.text("source", needed=False),
    )


def _rules(
    fields: Fields, citations: Mapping[str, Citation], parameters: Mapping[str, Dated]
) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for node in fields.items("rules"):
        for rule in check_rule.rules(node, fields, citations, parameters):
            if rule.id in rules:
                fields.wrong("rule.id-twice", node, value=rule.id, line=str(rules[rule.id].line))
            rules[rule.id] = rule
    for rule in rules.values():
        _check_lapsed(fields, rule, rules)
    return tuple(rules.values())


def _check_lapsed(fields: Fields, rule: Rule, rules: Mapping[str, Rule]) -> None:
    time = rule.terms.time if rule.terms else None
    if isinstance(time, AfterEvent):
        for name in time.lapsed:
            if name not in (ANY_RULE, *rules):
                place = Node(None, rule.file, rule.line)
                fields.wrong("rule.lapsed-unknown", place, meant(name, rules), value=name)
