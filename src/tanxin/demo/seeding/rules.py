from datetime import timedelta

from tanxin.apps.duties.derive import derive_realm
from tanxin.apps.duties.horizon import look_ahead, reaches
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.packs import put_shipped_in_force
from tanxin.apps.org import services as org
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.founding import founded_at

# Rules are in force well before the year that is told.
IN_FORCE_BEFORE = timedelta(days=800)


def derive_duties(cast: Cast) -> int:
    """Put the shipped packs in force and derive what they ask for; returns how many duties."""
    actor = org.founder(cast.realm_id)
    at = founded_at(cast.org) + timedelta(hours=2)
    put_shipped_in_force(actor, start=cast.today - IN_FORCE_BEFORE, at=at)
    look_ahead(cast.realm_id, cast.today, reaches(cast.today))
    derive_realm(actor, cast.realm_id, today=cast.today, at=at, reason="demo")
    return Duty.objects.filter(realm=cast.realm_id).count()
