"""What a text that leaves the two of a talk must not hold, by the directory and what was said."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from uuid import UUID

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.sources import Told
from tanxin.apps.issues.untellable import StillMarked
from tanxin.apps.org.directory import Directory, directory
from tanxin.apps.org.pinyin import DOUBLE_SURNAMES
from tanxin.core.access import Actor
from tanxin.core.deidentify import Known, Mark, MarkKind, find_marks, unkept
from tanxin.core.wording import is_blank

# Shorter spellings are ordinary syllables.
SPELLED = 5
KEEPING = 2


def surname(name: str) -> str:
    return name[:KEEPING] if name[:KEEPING] in DOUBLE_SURNAMES else name[:1]


def called(names: Directory, person_id: UUID) -> frozenset[str]:
    """All that names one person, as the directory holds it."""
    card = names.card(person_id)
    if card is None:
        return frozenset()
    spelled = "".join(card.spelling.syllables)
    return frozenset(
        filter(None, (card.name, card.number, spelled if len(spelled) >= SPELLED else ""))
    )


@lru_cache(maxsize=KEEPING)
def everybody(names: Directory) -> Known:
    """What points at somebody, whoever it is."""
    return Known(
        names=frozenset(word for card in names.people for word in called(names, card.id)),
        surnames=frozenset(surname(card.name) for card in names.people if card.name),
        posts=frozenset(card.title for card in names.people if card.title),
        units=frozenset(unit.name for unit in names.units.values()),
    )


def known_words(
    realm_id: UUID, *, source: UUID | None = None, said: Iterable[str] = (), but: UUID | None = None
) -> Known:
    """``but`` is the unit a text goes to: that it is named tells nothing of the source."""
    names = directory(realm_id)
    return Known(
        base=everybody(names),
        left_out=frozenset({names.unit_name(but)} if but else ()),
        own=called(names, source) if source else frozenset(),
        said=tuple(said),
    )


def said_by_source(actor: Actor, issue: Issue) -> list[str]:
    """The wording of the issue and the record of its talk, as far as the actor may open them."""
    raised = Step.objects.filter(realm=issue.realm_id, issue=issue, move="raise")
    records = list(records_about(actor, issue.talk_id, ["record", "topic"]))
    own = {record.pk for record in openable(actor, records)}
    own |= {step.text_id for step in raised if step.text_id}
    return list(open_texts(actor, sorted(own), "issue:view").values())


def check_words(text: str, known: Known, kept: Collection[str]) -> tuple[Mark, ...]:
    """All marks of ``text``; raises ``TextMissing``, or ``StillMarked`` unless each was kept."""
    if is_blank(text):
        raise TextMissing("statement")
    marks = find_marks(text, known)
    if unkept(marks, kept):
        raise StillMarked(marks)
    return marks


def told_by(realm_id: UUID, marks: Iterable[Mark], unit: UUID | None) -> Told:
    """What the words that stay tell of the source."""
    found = list(marks)
    names = directory(realm_id)
    units = {mark.word for mark in found if mark.kind is MarkKind.UNIT}
    return Told(
        unit=unit,
        units=frozenset(key for key, card in names.units.items() if card.name in units),
        posts=frozenset(mark.word for mark in found if mark.kind is MarkKind.POST),
        groups=frozenset(mark.word for mark in found if mark.kind is MarkKind.GROUP),
    )
