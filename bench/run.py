"""Times one database of one size, and prints what it found as one line of JSON.

``python -m bench.with_django bench.run PEOPLE PAIRS``, with the database in the environment.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bench import facts, floor
from tanxin.apps.duties import services
from tanxin.apps.duties.changes import scope_of
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.duties.preview import duties, everything, preview
from tanxin.apps.realms.models import Realm
from tanxin.core.access import Actor, Role
from tanxin.packs import NATIONAL, THREE_MUSTS, shipped_sources

TODAY = date(2026, 11, 23)
Pair = tuple[float, float]


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    into.append(time.perf_counter() - begun)


def main(people: int, pairs: int) -> None:
    call_command("migrate", verbosity=0)
    realm = Realm.objects.create(name="bench")
    with transaction.atomic():
        made = facts.fill(realm.pk, people)
    actor = Actor(realm_id=realm.pk, roles=frozenset({Role.ORGANISER}))
    names = (NATIONAL, THREE_MUSTS)
    services.put_shipped_in_force(actor, names, start=date(2026, 1, 1), at=timezone.now())
    analyze()
    rules = {row.rule: row.pk.hex for row in RuleRow.objects.all()}
    bench = Bench(realm.pk, actor, made, rules)
    result = {"people": people, "units": len(made.units), "database": connection.vendor}
    result["D1"] = [bench.whole() for _ in range(pairs)]
    result["duties"] = Duty.objects.count()
    result["floor_duties"] = floor.count()
    percent = max(len(made.units) // 100, 1)
    result["D2 1 %"] = [bench.part(percent) for _ in range(pairs)]
    result["preview"] = bench.preview()
    result["D2 10 units"] = [bench.part(min(10, percent)) for _ in range(pairs)]
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps(result) + "\n")


class Bench:
    def __init__(
        self, realm_id: UUID, actor: Actor, made: facts.Organisation, rules: dict[str, str]
    ) -> None:
        self.realm_id, self.actor, self.made, self.rules = realm_id, actor, made, rules
        self.random = Random(3)  # noqa: S311 - a sample
        self.left = self.random.sample(made.units, len(made.units))

    def whole(self) -> Pair:
        floor.clear()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {floor.DUTIES} CASCADE")
            else:
                cursor.execute(f"DELETE FROM {floor.DUTIES}")  # noqa: S608 - our own names
        return self.both(self.derive, lambda: floor.load(self.rules))

    def part(self, units: int) -> Pair:
        changed = [self.left.pop() for _ in range(units)]
        with transaction.atomic():
            facts.change(self.made, changed, TODAY, self.random)
        scope = scope_of(self.realm_id, [UUID(each) for each in changed])
        return self.both(lambda: self.derive(scope), lambda: floor.renew(self.rules, changed))

    def preview(self) -> Pair:
        """What two talks a year with each member would change, beside deriving the year once."""
        text = shipped_sources(THREE_MUSTS)[f"{THREE_MUSTS}/pack.yaml"]
        changed = text.replace("version: 2026.1", "version: 2026.9").replace(
            "at_least: 1", "at_least: 2"
        )
        sources = {"changed.yaml": changed}
        first = date(2026, 1, 1)
        spent: list[float] = []
        with timed(spent):
            preview(self.actor, sources, start=first, today=TODAY)
        packs = adopted_packs(self.realm_id)
        with timed(spent):
            duties(self.realm_id, everything(self.realm_id, packs, TODAY), packs, first, TODAY)
        return spent[0], spent[1]

    def derive(self, scope: object = None) -> None:
        services.derive_realm(
            self.actor, self.realm_id, today=TODAY, at=timezone.now(), scope=scope, reason="bench"
        )

    def both(self, ours: Callable[[], object], theirs: Callable[[], object]) -> Pair:
        spent: list[float] = []
        with timed(spent):
            ours()
        with timed(spent), transaction.atomic():
            theirs()
        return spent[0], spent[1]


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
