"""What a record is measured against while its author still has the text in hand."""

from datetime import datetime

from tanxin.apps.archive.likeness import Measured, measured
from tanxin.apps.org.directory import directory
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.beside import reading_beside
from tanxin.apps.talks.conduct import form_of
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.outlines import outlines_of
from tanxin.core.access import Actor
from tanxin.core.likeness.measures import Around

# Whom one led talks with lately; of more the names are not looked for.
MOST_OTHERS = 200


def measured_record(
    actor: Actor, talk: Talk, body: str, held_at: datetime | None
) -> Measured | None:
    """Raises as ``archive.likeness.measured``."""
    names = directory(actor.realm_id)
    in_it = [talk.initiator_id, talk.subject_id, *(one for one, _ in reading_beside(talk))]
    led = Talk.objects.filter(realm=talk.realm_id, initiator=talk.initiator_id)
    others = led.order_by("-planned_for").values_list("subject", flat=True)[:MOST_OTHERS]
    own = outlines_of(talk.realm_id)
    held = held_at or talk.held_at
    around = Around(
        held_on=held.astimezone(zone_of(talk.realm_id)).date() if held else None,
        in_it=[names.name(one) for one in in_it],
        others=[names.name(one) for one in others],
        outlines=[row.text for (kind, _), row in own.items() if kind == talk.kind],
    )
    return measured(actor, body, around, fields=len(form_of(talk).fields))
