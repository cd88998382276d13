"""The daily look for the same issue from many; it reads kinds, units and sketches, never texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.timezone import make_aware

from tanxin.apps.archive.likeness import latest_measures
from tanxin.apps.audit.services import record
from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.sources import WINDOW, members_of, units_of_all
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import chiefs_of_units
from tanxin.apps.org.selectors.units import UnitTree, unit_tree
from tanxin.core.access import Role
from tanxin.core.deidentify import is_hidden_among
from tanxin.core.likeness import near_copies

# Two tellings of one matter share less than two copies of one text.
ALIKE = 0.3
# Of which many raise something, but not the same.
NO_KIND = "other"


@dataclass(frozen=True, slots=True)
class Raised:
    id: UUID
    kind: str
    source: UUID


@dataclass(frozen=True, slots=True)
class Shared:
    """One matter from several people of a unit, as it was found."""

    unit: UUID
    kind: str
    found_by: str
    sources: frozenset[UUID]


def propose_common(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Propose what is new; run again, it proposes nothing twice."""
    found = [shared for shared in shared_in(realm_id, today) if is_new(realm_id, shared)]
    with transaction.atomic():
        before = CommonIssue.objects.filter(realm=realm_id).count()
        CommonIssue.objects.bulk_create(
            [
                CommonIssue(
                    realm_id=realm_id, unit_id=one.unit, kind=one.kind, found_by=one.found_by,
                    found_on=today, again_from=2 * len(one.sources),
                )
                for one in found
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        made = CommonIssue.objects.filter(realm=realm_id).count() - before
        if made:
            record(
                "common.proposed", realm_id=realm_id, actor=None, subject_kind="realm",
                subject_id=realm_id, detail={"count": made}, at=at,
            )  # fmt: skip
    return made


def is_new(realm_id: UUID, shared: Shared) -> bool:
    """Not while it waits, and after a decision not before twice as many raised it."""
    known = CommonIssue.objects.filter(realm=realm_id, unit=shared.unit, kind=shared.kind)
    if known.filter(state="open").exists():
        return False
    latest = known.order_by("-found_on", "-again_from").first()
    return latest is None or len(shared.sources) >= latest.again_from


def shared_in(realm_id: UUID, today: date) -> list[Shared]:
    """By kind, and by likeness of what was said; each for the smallest units with a crowd."""
    raised = raised_lately(realm_id, today)
    tree = unit_tree(realm_id, today)
    units_of = units_of_all(realm_id, {one.source for one in raised}, today)
    readers = frozenset(holders_of(realm_id, frozenset({Role.ORGANISER}), today))
    chiefs = chiefs_of_units(realm_id, None, today)
    members = members_of(realm_id, tree, today)
    found: dict[tuple[UUID, str], Shared] = {}
    for found_by, kind, group in groups(realm_id, raised):
        sources = {one.source for one in group} - readers
        for unit, people in smallest_crowds(
            tree, sources_in(tree, units_of, sources, chiefs), members
        ):
            found.setdefault((unit, kind), Shared(unit, kind, found_by, people))
    return list(found.values())


def raised_lately(realm_id: UUID, today: date) -> list[Raised]:
    since = make_aware(datetime.combine(today - WINDOW, time.min))
    rows = Issue.objects.filter(realm=realm_id, raised_at__gte=since).order_by("raised_at", "pk")
    return [Raised(*row) for row in rows.values_list("pk", "kind", "talk__subject")]


def groups(realm_id: UUID, raised: list[Raised]) -> Iterator[tuple[str, str, list[Raised]]]:
    by_kind: dict[str, list[Raised]] = defaultdict(list)
    for one in raised:
        by_kind[one.kind].append(one)
    for kind, group in sorted(by_kind.items()):
        if kind != NO_KIND:
            yield "kind", kind, group
    measures = latest_measures(realm_id, [one.id for one in raised])
    measured = [one for one in raised if one.id in measures]
    for version in sorted({seen.key_version for seen in measures.values()}):
        same = [one for one in measured if measures[one.id].key_version == version]
        for near in near_copies([measures[one.id].sketch for one in same], ALIKE):
            group = [same[at] for at in near.members]
            kind = Counter(one.kind for one in group).most_common(1)[0][0]
            yield "likeness", kind, group


def sources_in(
    tree: UnitTree,
    units_of: Mapping[UUID, set[UUID]],
    sources: Iterable[UUID],
    chiefs: Mapping[UUID, UUID],
) -> dict[UUID, set[UUID]]:
    """Every unit with the sources in it and below, but for who heads it: he will read of it."""
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for source in sources:
        for node in {node.id for unit in units_of.get(source, set()) for node in tree.above(unit)}:
            if chiefs.get(node) != source:
                people[node].add(source)
    return people


def smallest_crowds(
    tree: UnitTree, people: Mapping[UUID, set[UUID]], members: Mapping[UUID, set[UUID]]
) -> Iterator[tuple[UUID, frozenset[UUID]]]:
    """The units with enough sources, and enough others, of which none below has as many."""
    crowded = {
        unit for unit, found in people.items() if is_hidden_among(len(found), len(members[unit]))
    }
    for unit in sorted(crowded):
        below = {node.id for node in tree.below(unit)} - {unit}
        if not below & crowded:
            yield unit, frozenset(people[unit])
