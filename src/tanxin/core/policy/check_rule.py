"""Nodes → rules."""

import re
from collections.abc import Mapping

from tanxin.core.policy import check_people, check_time, words
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.faults import meant
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import (
    Channel,
    Citation,
    Count,
    Exemption,
    FollowUp,
    Form,
    Kind,
    Rule,
    Side,
    Terms,
    TextReason,
)

EXAMPLE = """\
- id: chief-with-member
  title: {zh: 主要负责人与班子成员, en: Chief with each member}
  who: {seat: chief, of: leadership}
  whom: {seat: [deputy, member], of: leadership}
  relation: team
  time: {at_least: 1, each: year}
  count: pair
  mutual: yes
  kind: routine
  cites: own-rule-3
"""
_TERMS = ("who", "whom", "relation", "time", "count")
_KEYS = (
    "id", "title", *_TERMS, "mutual", "kind", "form", "channel", "follow_up", "cites",
    "except", "text_only", "replaces",
)  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def rule(
    node: Node, outer: Fields, citations: Mapping[str, Citation], parameters: Mapping[str, Dated]
) -> Rule:
    fields = outer.inner(node, _KEYS, EXAMPLE)
    rule_id = _rule_id(fields)
    fields.need("kind")
    text_only = None
    terms = None
    if fields.get("text_only"):
        text_only = fields.one("text_only", TextReason, TextReason.UNMEASURABLE)
        for key in _TERMS:
            if fields.get(key):
                fields.wrong("rule.text-only", fields.get(key), key=key)
    else:
        terms = _terms(fields, parameters)
    return Rule(
        id=rule_id,
        title=fields.title("title"),
        kind=fields.one("kind", Kind, Kind.ROUTINE),
        cites=_cites(fields, citations),
        terms=terms,
        text_only=text_only,
        form=fields.one("form", Form, Form.INDIVIDUAL),
        channels=fields.many("channel", Channel, Channel.FACE),
        follow_up=_follow_up(fields),
        exemptions=_exemptions(fields, rule_id),
        replaces=fields.text("replaces", needed=False),
        file=node.file,
        line=node.line,
    )


def _rule_id(fields: Fields) -> str:
    text = fields.text("id")
    if text and not _ID.fullmatch(text):
        fields.wrong("rule.id", fields.get("id"), value=text)
    return text


def _terms(fields: Fields, parameters: Mapping[str, Dated]) -> Terms | None:
    who, whom, relation, time, _ = (fields.need(key) for key in _TERMS)
    if not (who and whom and relation and time):
        return None
    initiator = check_people.resolver(who, fields)
    subject = check_people.selector(whom, fields)
    joined = check_people.joined(relation, fields)
    when = check_time.time(time, fields, parameters)
    check_people.check_fit(fields, initiator, subject, joined.relation)
    count = fields.one("count", Count, Count.PAIR)
    return Terms(initiator, subject, joined, when, count, fields.flag("mutual"))


def _cites(fields: Fields, citations: Mapping[str, Citation]) -> tuple[Citation, ...]:
    cited = []
    for node in fields.items("cites"):
        name = fields.text_of(node)
        if name in citations:
            cited.append(citations[name])
        elif name:
            fields.wrong("rule.cites-unknown", node, meant(name, citations), value=name)
    return tuple(cited)


def _follow_up(fields: Fields) -> tuple[FollowUp, ...]:
    nodes = fields.items("follow_up", needed=False)
    return tuple(fields.word(node, FollowUp, FollowUp.FEEDBACK) for node in nodes)


def _exemptions(fields: Fields, rule_id: str) -> tuple[Exemption, ...]:
    example = (
        f"except: [{{id: {rule_id}.long-leave, title: {{zh: …, en: …}}, state: leave, of: either}}]"
    )
    exemptions = []
    for node in fields.items("except", needed=False):
        inner = fields.inner(node, ("id", "title", "state", "of"), example)
        name = inner.text("id")
        own, _, exception = name.rpartition(".")
        if name and (own != rule_id or not _ID.fullmatch(exception)):
            inner.wrong("rule.exception-id", inner.get("id"), f"{rule_id}.{exception}", value=name)
        states = inner.knowns("state", words.STATES, needed=True)
        inner.need("of")
        side = inner.one("of", Side, Side.EITHER)
        exemptions.append(Exemption(name, inner.title("title"), states, side))
    return tuple(exemptions)
