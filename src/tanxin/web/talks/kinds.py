"""What kinds and types are called, and what a page says of how a talk of them is held."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanxin.apps.talks.conduct import conduct_of, manners
from tanxin.apps.talks.refusals import NotForHimToHold
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.calendar import Offset
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part
from tanxin.web.rules.sentence import holder, listed, span
from tanxin.web.rules.wording import title_of
from tanxin.web.rules.words import FOLLOW_UPS
from tanxin.web.talks import words

Choices = list[tuple[str, str]]


def kind_choices(realm_id: UUID, on: date) -> Choices:
    """Every kind, and below it its types, as ``kind/type``."""
    kinds, types = manners(realm_id, on)
    choices: Choices = []
    for kind in kinds:
        name = str(words.KINDS.get(kind.id) or title_of(kind.title))
        choices.append((kind.id, name))
        choices += [
            (f"{kind.id}/{each.id}", f"{name} · {title_of(each.title)}")
            for each in types
            if each.kind == kind.id
        ]
    return choices


def chosen(value: str) -> dict[str, str]:
    """What was chosen of ``kind_choices``, as services take it."""
    kind, _sign, type_id = value.partition("/")
    return {"kind": kind, "type_id": type_id}


def kind_name(talk: TalkRow) -> str | Promise:
    """The kind, with the type below it; from the talk itself, whatever packs say today."""
    if not talk.manner or (talk.kind in words.KINDS and not talk.type):
        return words.KINDS[talk.kind]
    conduct = conduct_of(talk)
    kind = words.KINDS.get(talk.kind) or title_of(conduct.kind_title)
    return f"{kind} · {title_of(conduct.type_title)}" if conduct.type_title else kind


def manner_facts(conduct: Conduct) -> list[tuple[str, str]]:
    """What somebody should know before he holds, or has, such a talk; nothing where it is light."""
    said = (
        (_("To be prepared"), listed(map(title_of, conduct.preparation))),
        (_("Approved before by"), parts(conduct.approval)),
        (_("Others who take part"), parts(conduct.parts)),
        (_("Endorsed after by"), parts(conduct.endorsement)),
        (_("Signed by"), parts(conduct.signature)),
        (_("Weighs for"), period(conduct.effect)),
        (_("What follows"), listed(str(FOLLOW_UPS[one]) for one in conduct.follow_up)),
        (_("Kept for"), period(conduct.retention)),
        (_("Counts"), "" if conduct.counts else _("only for a rule that names this type")),
    )
    return [(term, value) for term, value in said if value]


def parts(some: Iterable[Part]) -> str:
    return listed(str(words.PARTS[one]) for one in some)


def period(offset: Offset | None) -> str:
    return span(offset.n, offset.unit) if offset else ""


def not_for_him(refused: NotForHimToHold) -> str:
    """Who may hold it instead, and what says so."""
    conduct = refused.conduct
    who = listed(holder(one) for one in conduct.held_by)
    text = _("A talk of the type “%(type)s” is held by: %(who)s.") % {
        "type": title_of(conduct.title),
        "who": who,
    }
    return f"{text} {listed(conduct.clauses)}".strip()
