from collections.abc import Iterable
from uuid import UUID

from tanxin.apps.org.models import Person, Team, Unit
from tanxin.core.policy import Scope

BATCH = 5_000


def scope_of(realm_id: UUID, touched: Iterable[UUID]) -> Scope:
    """Sort ids of persons, units and teams into the scope of a derivation; others are ignored."""
    ids = sorted(touched)
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]

    def known(table: type[Person | Unit | Team]) -> frozenset[bytes]:
        return frozenset(
            key.bytes
            for batch in batches
            for key in table.objects.filter(realm=realm_id, pk__in=batch).values_list(
                "pk", flat=True
            )
        )

    return Scope(persons=known(Person), units=known(Unit), teams=known(Team))
