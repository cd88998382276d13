"""Nodes → which of the periods count."""

from tanxin.core.calendar import PeriodKind
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import Only, Parity, Stretch

EXAMPLE = "time: {at_least: 1, each: month, only: [1, 7]}"
_MOST = {PeriodKind.WEEK: 53, PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2}
IN_TERMS = "term"


def only(fields: Fields, period: PeriodKind) -> Only:
    """Read ``only: odd``, ``only: [1, 7]`` and ``during: term`` beside ``each``."""
    stretches, in_terms = _during(fields)
    nodes = fields.items("only", needed=False)
    if nodes and period not in _MOST:
        fields.wrong("time.only-of", nodes[0], each=period, known=", ".join(_MOST))
        return Only()
    parities = [each.value for each in Parity]
    if len(nodes) == 1 and isinstance(nodes[0].value, str):
        parity = fields.known(nodes[0], parities)
        return Only(Parity(parity) if parity else None, (), stretches, in_terms)
    numbers = tuple(_number(fields, node, period) for node in nodes)
    return Only(None, numbers, stretches, in_terms)


def _number(fields: Fields, node: Node, period: PeriodKind) -> int:
    number = fields.number_of(node, 1)
    if number > _MOST[period]:
        fields.wrong("time.only-number", node, got=str(number), most=str(_MOST[period]))
    return number


def _during(fields: Fields) -> tuple[tuple[Stretch, ...], bool]:
    node = fields.get("during")
    if node is None:
        return (), False
    calendars = fields.own.calendars
    name = fields.known(node, [IN_TERMS, *calendars])
    return calendars.get(name, ()), name == IN_TERMS and name not in calendars
