"""What the page of a talk and the first page say of its sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.talks.assisting import (
    OPEN_TO_PAPER,
    assistant_of,
    may_be_on_paper,
    sheets_waiting_for,
    waiting_entry,
)
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.witnesses import has_his_word_passed_on, is_free_to_witness
from tanxin.core.access import Actor, Relation

MOST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """For the initiator: who types it, and whether it waits for him."""

    assistant_id: UUID | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    url: str
    what: Promise
    talk: TalkRow
    person_id: UUID


def sheet_of(relations: frozenset[Relation], talk: TalkRow) -> Sheet | None:
    if Relation.INITIATOR not in relations or not may_be_on_paper(talk):
        return None
    return Sheet(assistant_of(talk), waiting_entry(talk) is not None)


def word_of(actor: Actor, relations: frozenset[Relation], talk: TalkRow) -> str:
    """Where his word is passed on, for who may see to that: the address, or nothing."""
    leads = Relation.INITIATOR in relations
    if not (leads or Relation.ORGANISER in relations) or not has_his_word_passed_on(talk):
        return ""
    if leads:
        return reverse("sheets:witness", args=[talk.pk])
    may = actor.person_id and is_free_to_witness(talk, actor.person_id, on=timezone.localdate())
    return reverse("sheets:word", args=[talk.pk]) if may else ""


def sheets_waiting(actor: Actor) -> Iterator[Waiting]:
    """What the actor types for others, and what was typed for him."""
    for talk in sheets_waiting_for(actor)[:MOST]:
        if talk.initiator_id == actor.person_id:
            url = reverse("sheets:check", args=[talk.pk])
            yield Waiting(url, _("look at what was typed"), talk, talk.subject_id)
        elif talk.state not in OPEN_TO_PAPER:
            url = reverse("sheets:word", args=[talk.pk])
            yield Waiting(url, _("read a record back"), talk, talk.subject_id)
        else:
            url = reverse("sheets:type", args=[talk.pk])
            yield Waiting(url, _("type the signed sheet"), talk, talk.initiator_id)
