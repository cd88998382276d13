"""Whole rosters at once. The caller checks, opens the transaction and writes the one audit leaf."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tanxin.apps.org.models import (
    Authority,
    BranchMember,
    Charge,
    Contact,
    Event,
    Fact,
    Person,
    PersonState,
    Post,
    RankHolding,
    Seat,
    Team,
    Tenure,
    Unit,
    UnitSpell,
)
from tanxin.apps.org.services.version import raise_directory_version
from tanxin.apps.realms.models import RealmRow

BATCH = 2000
# What others point to comes first.
ORDER: tuple[type[RealmRow], ...] = (
    Unit, Person, UnitSpell, Post, Team, Tenure, RankHolding, Seat, Charge, BranchMember, Contact,
    PersonState, Event, Authority,
)  # fmt: skip


def write_facts(realm_id: UUID, rows: Iterable[RealmRow], *, at: datetime) -> dict[str, int]:
    """Insert rows of any kinds in batches; returns how many of each. Call it in a transaction.

    ``realm`` and ``recorded_at`` are set here. People come from ``sealed_person_rows``.
    """
    by_kind: dict[type[RealmRow], list[RealmRow]] = defaultdict(list)
    for row in rows:
        row.realm_id = realm_id
        if isinstance(row, Fact | Event | Person):
            row.recorded_at = at
        by_kind[type(row)].append(row)
    for kind in ORDER:
        kind._default_manager.bulk_create(by_kind.get(kind, []), batch_size=BATCH)
    raise_directory_version(realm_id)
    return {kind.__name__: len(by_kind[kind]) for kind in ORDER if by_kind.get(kind)}
