from datetime import date

from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.models import PackInForce, RuleRow
from tanxin.packs import NATIONAL

ALL = {"nobody": 302, "ada": 200, "ben": 200, "cleo": 200, "dora": 200}


def of_national(world, table):
    services.put_shipped_in_force(
        world.founder, (NATIONAL,), start=date(2026, 1, 1), at=timezone.now()
    )
    return [table.objects.filter(realm=world.realm_id).first().pk]


ROWS = [
    ("rules:packs", "get", lambda world: [], ALL),
    ("rules:pack", "get", lambda world: of_national(world, PackInForce), ALL),
    ("rules:rule", "get", lambda world: of_national(world, RuleRow), ALL),
]
