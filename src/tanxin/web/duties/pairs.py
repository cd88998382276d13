"""The pairs of a team, and how the duties between each two of them stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tanxin.apps.duties.reading.states import DutyRow, standing
from tanxin.apps.org.directory import Directory
from tanxin.apps.org.selectors import SeatOn
from tanxin.core.access import Actor
from tanxin.web.duties import words
from tanxin.web.duties.showing import title_known
from tanxin.web.org import words as org_words

# What a pair is shown as where several duties join them: the first of these that is there.
WEIGHT = ("late", "soon", "open", "contested", "met", "confirmed", "waived")
STILL_OWED = ("late", "soon", "open")
TIES = {"late": "late", "soon": "open", "open": "open", "contested": "open"}
LISTED_AS = {"late": "late", "soon": "open", "open": "open", "met": "held", "confirmed": "held"}
ROLES = ("chief", "deputy", "member")


class Pairs:
    """``rows`` are the duties of one team, ``seats`` those who sit in it today.

    ``may_open`` has the duties whose page the reader may see; others stand here only.
    """

    def __init__(
        self,
        rows: Sequence[DutyRow],
        seats: Iterable[SeatOn],
        *,
        actor: Actor,
        names: Directory,
        today: date,
        may_open: frozenset[UUID],
    ) -> None:
        self.rows = rows
        self.actor = actor
        self.names = names
        self.today = today
        self.may_open = may_open
        self.roles: dict[UUID, str] = {}
        for seat in seats:
            self.roles.setdefault(seat.person_id, seat.role)
        self.members = [*self.roles, *self._former()]
        self.between: dict[tuple[UUID, UUID], list[DutyRow]] = {}
        for duty in rows:
            if duty.subject_id is not None:
                self._join(duty, duty.initiator_id, duty.subject_id)

    def _former(self) -> list[UUID]:
        """People with duties of the team who sit in it no longer, in the order of their posts."""
        met = {person for duty in self.rows for person in (duty.initiator_id, duty.subject_id)}
        former = {person for person in met if person and person not in self.roles}
        return sorted(former, key=self.names.sort_key)

    def _join(self, duty: DutyRow, lead: UUID, other: UUID) -> None:
        self.between.setdefault((lead, other), []).append(duty)
        if duty.mutual:
            self.between.setdefault((other, lead), []).append(duty)

    def tally(self) -> dict[str, int]:
        """All, held, still to be held and late."""
        counted = Counter(LISTED_AS.get(standing(duty, self.today), "") for duty in self.rows)
        waived = sum(standing(duty, self.today) == "waived" for duty in self.rows)
        return {
            "owed": len(self.rows) - waived,
            "held": counted["held"],
            "open": counted["open"],
            "late": counted["late"],
        }

    @property
    def matrix(self) -> dict[str, object]:
        return {
            "title": _("Who owes whom a talk, and how it stands"),
            "corner": pgettext("corner of the pair matrix", "with"),
            "columns": [self.names.name(person) for person in self.members],
            "rows": [
                {
                    "name": self.names.name(person),
                    "note": self.note(person),
                    "cells": [self.cell(person, other) for other in self.members],
                }
                for person in self.members
            ],
        }

    def cell(self, person: UUID, other: UUID) -> dict[str, str] | None:
        if person == other:
            return {"state": "self"}
        duties = self.between.get((person, other))
        if not duties:
            return None
        shown = self.latest(duties)
        text = "\n".join(self.told(duty) for duty in sorted(duties, key=self.weight))
        url = f"#{self.anchor(person, other)}"
        return {"state": standing(shown, self.today), "text": text, "url": url}

    def latest(self, duties: Sequence[DutyRow]) -> DutyRow:
        """The duty of the latest period that has begun; of those of one day the most pressing."""
        begun = [duty for duty in duties if duty.opens <= self.today] or list(duties)
        newest = max(duty.opens for duty in begun)
        return min((duty for duty in begun if duty.opens == newest), key=self.weight)

    def anchor(self, person: UUID, other: UUID) -> str:
        """The line of the two under the table; the cells of both directions lead to it."""
        first, second = sorted((self.members.index(person), self.members.index(other)))
        return f"pair-{first + 1}-{second + 1}"

    def details(self) -> Iterator[dict[str, object]]:
        """A line for each two, under the table: who, when and why, with every duty of theirs."""
        for one, other in combinations(self.members, 2):
            both = [*self.between.get((one, other), ()), *self.between.get((other, one), ())]
            duties = {duty.pk: duty for duty in both}.values()
            if duties:
                yield {
                    "anchor": self.anchor(one, other),
                    "people": f"{self.names.name(one)} ↔ {self.names.name(other)}",
                    "duties": [
                        self.line(duty)
                        for duty in sorted(duties, key=lambda one: one.opens, reverse=True)
                    ],
                }

    def line(self, duty: DutyRow) -> dict[str, object]:
        """A duty of two people who are named above it; who answers for it, where only one does."""
        state = standing(duty, self.today)
        words_of_it = [
            "" if duty.mutual else self.direction(duty),
            words.period(duty.period),
            _("by %(day)s") % {"day": duty.due.isoformat()} if state in STILL_OWED else "",
            title_known(self.actor, duty),
        ]
        return {
            "id": duty.pk if duty.pk in self.may_open else None,
            "state": state,
            "label": words.STATES[state],
            "said": " · ".join(filter(None, words_of_it)),
        }

    def direction(self, duty: DutyRow) -> str:
        return f"{self.names.name(duty.initiator_id)} → {self.names.name(duty.subject_id)}"

    def weight(self, duty: DutyRow) -> tuple[int, date]:
        return WEIGHT.index(standing(duty, self.today)), duty.due

    def told(self, duty: DutyRow) -> str:
        said = {
            "who": self.names.name(duty.initiator_id),
            "whom": self.names.name(duty.subject_id),
            "due": duty.due.isoformat(),
            "rule": title_known(self.actor, duty),
            "state": words.STATES[standing(duty, self.today)],
        }
        if duty.mutual:
            text = _("%(who)s and %(whom)s, both by %(due)s, by “%(rule)s”: %(state)s")
        else:
            text = _("%(who)s owes %(whom)s, by %(due)s, by “%(rule)s”: %(state)s")
        period = words.period(duty.period)
        if not period:
            return text % said
        return _("%(said)s (%(period)s)") % {"said": text % said, "period": period}

    def still_owed(self, person: UUID) -> int:
        """Open duties in which the person is one of the two."""
        return sum(
            standing(duty, self.today) in STILL_OWED
            for duty in self.rows
            if person in (duty.initiator_id, duty.subject_id)
        )

    def note(self, person: UUID) -> str:
        parts = [self.role(person)]
        left = self.still_owed(person)
        if left:
            parts.append(ngettext("%(n)s still open", "%(n)s still open", left) % {"n": left})
        else:
            parts.append(_("nothing open"))
        return " · ".join(parts)

    def role(self, person: UUID) -> str:
        role = self.roles.get(person)
        return org_words.word(org_words.SEAT_ROLES, role) if role else _("no longer in the team")

    @property
    def clear(self) -> list[str]:
        """Who has nothing open."""
        return [self.names.name(one) for one in self.members if not self.still_owed(one)]

    @property
    def relations(self) -> dict[str, object]:
        """The data of the picture ``relations``: the same duties as people and ties."""
        groups = [org_words.word(org_words.SEAT_ROLES, role) for role in ROLES]
        return {
            "groups": [*groups, _("no longer in the team")],
            "nodes": [
                {
                    "id": person.hex,
                    "name": self.names.name(person),
                    "group": ROLES.index(self.roles[person])
                    if person in self.roles
                    else len(ROLES),
                    "note": self.note(person),
                    "clear": not self.still_owed(person),
                    "url": reverse("org:person", args=[person]),
                }
                for person in self.members
            ],
            "ties": list(self.ties()),
        }

    def ties(self) -> Iterator[dict[str, str]]:
        """One for each two, however many duties join them."""
        drawn = set()
        for (lead, other), duties in self.between.items():
            if frozenset((lead, other)) in drawn:
                continue
            drawn.add(frozenset((lead, other)))
            both = [*duties, *self.between.get((other, lead), ())]
            shown = min(both, key=self.weight)
            tie = {
                "from": lead.hex,
                "to": other.hex,
                "state": TIES.get(standing(shown, self.today), "met"),
            }
            if shown.pk in self.may_open:
                tie["url"] = reverse("duties:duty", args=[shown.pk])
            yield tie
