"""Nodes → how talks of a kind, a type or a rule are held, kept and followed up."""

from collections.abc import Mapping
from typing import Any

from tanxin.core.policy import check_people, check_time
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.manner import FormField, Grade, Manner, Part, Signing
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import Channel, Distance, FollowUp, Form, Title, Ways

EXAMPLE = """\
types:
  encouragement:
    title: {zh: 勉励谈话, en: Encouragement}
    kind: care
    channel: [face, video]
"""
WAYS_EXAMPLE = "ways: {floating: [phone, message], retired: [visit, phone]}"
FIELD_EXAMPLE = "fields: [{id: attitude, title: {zh: 对象表态, en: What the subject undertakes}}]"
_OVER = (Part.PARTY_SECRETARY, Part.CHIEF, Part.DISCIPLINE, Part.ORGANISATION)
_BESIDE = (Part.RECORDER, Part.ACCOMPANIST, Part.INTERPRETER, Part.VOLUNTEER)
# Key → who can do that, with an example.
PARTS: Mapping[str, tuple[tuple[Part, ...], str]] = {
    "parts": (_BESIDE, "parts: [recorder, accompanist]"),
    "approval": (_OVER, "approval: party_secretary"),
    "endorsement": (_OVER, "endorsement: party_secretary"),
    "signature": (
        (Part.SUBJECT, Part.INITIATOR, *_BESIDE, *_OVER),
        "signature: [subject, initiator]",
    ),
}
KEYS = (
    "form", "channel", "ways", "held_by", "parts", "preparation", "fields", "approval",
    "endorsement", "signature", "signing", "grade", "retention", "counts", "effect", "follow_up",
    "clock",
)  # fmt: skip


def kind(name: str, node: Node, outer: Fields) -> Manner:
    """Read a kind: one beside the four, or the manner of one of them."""
    fields = outer.inner(node, ("title", *KEYS), EXAMPLE)
    return Manner(name, fields.title("title"), line=node.line, **_manner(fields))


def talk_type(name: str, node: Node, outer: Fields) -> Manner:
    fields = outer.inner(node, ("title", "kind", *KEYS), EXAMPLE)
    below = fields.need("kind")
    word = fields.known(below, outer.own.all_kinds) if below else ""
    return Manner(name, fields.title("title"), kind=word, line=node.line, **_manner(fields))


def _manner(fields: Fields) -> dict[str, Any]:
    counts = fields.get("counts")
    return {
        "form": fields.one("form", Form, Form.INDIVIDUAL) if fields.get("form") else None,
        "channels": _words(fields, "channel", Channel, Channel.FACE),
        "ways": ways(fields),
        "held_by": tuple(
            check_people.may_hold(each, fields) for each in fields.items("held_by", needed=False)
        ),
        "parts": _parts(fields, "parts"),
        "preparation": tuple(
            _title(each, fields) for each in fields.items("preparation", needed=False)
        ),
        "fields": tuple(_field(each, fields) for each in fields.items("fields", needed=False)),
        "approval": _parts(fields, "approval"),
        "endorsement": _parts(fields, "endorsement"),
        "signature": _parts(fields, "signature"),
        "signing": _signing(fields),
        "grade": fields.one("grade", Grade, Grade.ORDINARY),
        "retention": _distance(fields, "retention"),
        "counts": counts is None or fields.flag("counts"),
        "effect": _distance(fields, "effect"),
        "follow_up": _words(fields, "follow_up", FollowUp, FollowUp.FEEDBACK),
        "clock": _distance(fields, "clock"),
    }


def _signing(fields: Fields) -> Signing | None:
    return fields.one("signing", Signing, Signing.LOGIN) if fields.get("signing") else None


def _parts(fields: Fields, key: str) -> tuple[Part, ...]:
    """Who can do that: nobody approves his own talk, and who is asked anyway takes no part."""
    known, example = PARTS[key]
    able = fields.beside(example)
    named = (able.known(node, known) for node in fields.items(key, needed=False))
    return tuple(Part(name) for name in named if name)


def ways(fields: Fields) -> tuple[Ways, ...]:
    """Read ``ways: {floating: [phone, message]}``."""
    node = fields.get("ways")
    if node is None:
        return ()
    inner = fields.inner(node, fields.own.all_states, WAYS_EXAMPLE)
    return tuple(
        Ways(state, _words(inner, state, Channel, Channel.FACE)) for state, _ in inner.given()
    )


def _words(fields: Fields, key: str, words: Any, default: Any) -> tuple[Any, ...]:  # noqa: ANN401 an enumeration and one of it
    return tuple(fields.word(node, words, default) for node in fields.items(key, needed=False))


def _title(node: Node, outer: Fields) -> Title:
    fields = outer.inner(node, ("zh", "en"))
    return Title(fields.text("zh"), fields.text("en"))


def _field(node: Node, outer: Fields) -> FormField:
    fields = outer.inner(node, ("id", "title", "needed", "choices"), FIELD_EXAMPLE)
    choices = tuple(_title(each, fields) for each in fields.items("choices", needed=False))
    return FormField(fields.text("id"), fields.title("title"), fields.flag("needed"), choices)


def _distance(fields: Fields, key: str) -> Distance | None:
    node = fields.get(key)
    no_parameters: Mapping[str, Dated] = {}
    if node is None:
        return None
    return check_time.distance(node, fields.beside(f"{key}: {{years: 15}}"), no_parameters)
