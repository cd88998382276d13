"""Nodes → rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tanxin.core.calendar import PeriodKind
from tanxin.core.policy import check_manner, check_people, check_time
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.faults import meant
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import (
    AfterEvent,
    Channel,
    Citation,
    Count,
    Distance,
    Exemption,
    FollowUp,
    Form,
    Report,
    Rule,
    Sample,
    Share,
    Side,
    Size,
    Terms,
    TextReason,
    Time,
)
from tanxin.core.policy.schema import EachPeriod as Each
from tanxin.core.policy.settle import manner_of

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
_MORE_TERMS = ("mutual", "sample", "share", "pro_rata", "delegable")
KEYS = (
    "id", "title", *_TERMS, *_MORE_TERMS, "kind", "type", "form", "size", "channel", "ways",
    "follow_up", "report", "assessed", "answer", "cites", "except", "text_only", "replaces",
    "rows",
)  # fmt: skip
SAMPLE_KEYS = ("percent", "people", "rest")
TYPE_EXAMPLE = """\
types:
  reminding: {title: {zh: 提醒谈话, en: Reminder}, kind: warning}
rules:
  - {id: reminding, type: reminding, …}
"""
ROWS_EXAMPLE = """\
rows:
  - {row: heads, whom: {head: yes}, time: {at_least: 2, each: year}}
  - {row: staff, whom: {post: staff}, time: {at_least: 1, each: year}}
"""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def rules(
    node: Node, outer: Fields, citations: Mapping[str, Citation], parameters: Mapping[str, Dated]
) -> Iterator[Rule]:
    """Return the rule of ``node``, or one for each of its rows, named after both."""
    value = node.value
    if not isinstance(value, Mapping) or "rows" not in value:
        yield rule(node, outer, citations, parameters)
        return
    common = {key: each for key, each in value.items() if key != "rows"}
    fields = outer.inner(node, tuple(value), ROWS_EXAMPLE)
    for row in fields.items("rows"):
        own = outer.inner(row, ("row", *KEYS[1:-1]), ROWS_EXAMPLE)  # neither id nor rows
        name = own.text("row")
        if name and not _ID.fullmatch(name):
            own.wrong("rule.id", own.get("row"), value=name)
        said = {key: each for key, each in own.given() if key in KEYS}
        whole = rule(replace(node, value={**common, **said}), outer, citations, parameters)
        yield replace(whole, id=f"{whole.id}.{name}", line=row.line)


def rule(
    node: Node, outer: Fields, citations: Mapping[str, Citation], parameters: Mapping[str, Dated]
) -> Rule:
    fields = outer.inner(node, KEYS, EXAMPLE)
    rule_id = _rule_id(fields)
    text_only, terms = None, None
    if fields.get("text_only"):
        text_only = fields.one("text_only", TextReason, TextReason.UNMEASURABLE)
        for key in (*_TERMS, *_MORE_TERMS[1:]):
            if fields.get(key):
                fields.wrong("rule.text-only", fields.get(key), key=key)
    else:
        terms = _terms(fields, parameters)
    kind, talk_type = _kind(fields)
    _check_chain(fields, terms, kind, talk_type)
    manner = manner_of(kind, talk_type, fields.own)
    form, channels = manner.form or Form.INDIVIDUAL, manner.channels
    return Rule(
        id=rule_id,
        title=fields.title("title"),
        kind=kind,
        cites=_cites(fields, citations),
        terms=terms,
        text_only=text_only,
        form=fields.one("form", Form, form),
        channels=_channels(fields) or channels or (Channel.FACE,),
        follow_up=_follow_up(fields) or manner.follow_up,
        exemptions=_exemptions(fields, rule_id),
        replaces=fields.text("replaces", needed=False),
        file=node.file,
        line=node.line,
        type=talk_type,
        ways=check_manner.ways(fields) or manner.ways,
        size=_size(fields),
        report=_reports(fields),
        assessed=fields.flag("assessed"),
        answer=_answer(fields, parameters),
    )


def _check_chain(fields: Fields, terms: Terms | None, kind: str, talk_type: str) -> None:
    """A rule that answers to its own talks would never come to an end."""
    talks = terms.time.talks if terms and isinstance(terms.time, AfterEvent) else ()
    for word in {kind, talk_type}.intersection(talks):
        fields.wrong("time.answers-itself", fields.get("time"), value=word)


def _kind(fields: Fields) -> tuple[str, str]:
    """Read the kind and the type; a type brings its kind along."""
    types = fields.own.types
    name = fields.get("type")
    talk_type = fields.beside(TYPE_EXAMPLE).known(name, types) if name else ""
    node = fields.get("kind") if name else fields.need("kind")
    kind = fields.known(node, fields.own.all_kinds) if node else ""
    if not talk_type:
        return kind, ""
    below = types[talk_type].kind
    if kind and kind != below:
        fields.wrong("rule.kind-of-type", node, kind=kind, type=talk_type, below=below)
    return below, talk_type


def _rule_id(fields: Fields) -> str:
    text = fields.text("id")
    if text and not _ID.fullmatch(text):
        fields.wrong("rule.id", fields.get("id"), value=text)
    return text


def _terms(fields: Fields, parameters: Mapping[str, Dated]) -> Terms | None:
    who, whom, relation, time, _ = (fields.need(key) for key in _TERMS)
    if not (who and whom and relation and time):
        return None
    initiator = check_people.resolver(who, fields, parameters)
    subject = check_people.selector(whom, fields, parameters)
    joined = check_people.joined(relation, fields)
    when = check_time.time(time, fields, parameters)
    check_people.check_fit(fields, initiator, subject, joined.relation)
    check_people.check_ever(fields, initiator, subject, joined.relation, when)
    count = fields.one("count", Count, Count.PAIR)
    _check_percent(fields, when, count)
    return Terms(
        initiator,
        subject,
        joined,
        when,
        count,
        fields.flag("mutual"),
        sample=_sample(fields, parameters),
        share=fields.one("share", Share, Share.LEAD),
        pro_rata=fields.flag("pro_rata"),
        delegable=fields.flag("delegable"),
    )


def _check_percent(fields: Fields, when: Time, count: Count) -> None:
    of_initiators = count in (Count.INITIATOR, Count.PARTNERS)
    if isinstance(when, Each) and when.percent and not of_initiators:
        fields.wrong("time.percent-count", fields.get("count"), count=count)


def _sample(fields: Fields, parameters: Mapping[str, Dated]) -> Sample | None:
    """Read ``sample: {percent: 30, rest: {years: 1}}`` or ``sample: {people: 5}``."""
    node = fields.get("sample")
    if node is None:
        return None
    inner = fields.inner(node, SAMPLE_KEYS, "sample: {percent: 30}")
    named = [key for key in ("percent", "people") if inner.get(key)]
    if len(named) != 1:
        inner.wrong("sample.one-of")
        return None
    rest = inner.get("rest")
    return Sample(
        inner.dated(named[0], parameters),
        named[0] == "percent",
        check_time.distance(rest, inner, parameters) if rest else None,
    )


def _channels(fields: Fields) -> tuple[Channel, ...]:
    return fields.many("channel", Channel, Channel.FACE) if fields.get("channel") else ()


def _size(fields: Fields) -> Size:
    """Read ``size: {at_least: 3, at_most: 10}``."""
    node = fields.get("size")
    if node is None:
        return Size()
    inner = fields.inner(node, ("at_least", "at_most"), "size: {at_least: 3, at_most: 10}")
    least = inner.number("at_least", least=1) if inner.get("at_least") else 1
    most = inner.number("at_most", least=least) if inner.get("at_most") else 0
    return Size(least, most)


def _reports(fields: Fields) -> tuple[Report, ...]:
    """Read ``report: {each: quarter, to: upper}``; with ``reply: yes`` all are answered."""
    reports = []
    for node in fields.items("report", needed=False):
        inner = fields.inner(node, ("each", "to", "reply"), "report: {each: quarter, to: upper}")
        inner.need("each")
        each = inner.one("each", PeriodKind, PeriodKind.YEAR)
        reports.append(Report(each, inner.text("to"), inner.flag("reply")))
    return tuple(reports)


def _answer(fields: Fields, parameters: Mapping[str, Dated]) -> Distance | None:
    """Read ``answer: {weeks: 1}``, how soon whoever asks for a talk has an answer."""
    node = fields.get("answer")
    if node is None:
        return None
    if not fields.get("text_only"):
        fields.wrong("rule.answer", node)
    return check_time.distance(node, fields, parameters)


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
        states = inner.knowns("state", fields.own.all_states, needed=True)
        inner.need("of")
        side = inner.one("of", Side, Side.EITHER)
        exemptions.append(Exemption(name, inner.title("title"), states, side))
    return tuple(exemptions)
