"""What somebody entered for others, for himself to look at again."""

from json import loads

from tanxin.apps.appraisal.collecting import OPINION
from tanxin.apps.appraisal.models import Opinion
from tanxin.apps.appraisal.reading.result import opened
from tanxin.core.access import Actor
from tanxin.core.echoes import EchoAnswer

MOST = 100


def entered_by(actor: Actor) -> list[tuple[Opinion, EchoAnswer, str]]:
    """The latest first."""
    rows = list(
        Opinion.objects.filter(realm=actor.realm_id, entered_by=actor.person_id).order_by(
            "-entered_at", "-pk"
        )[:MOST]
    )
    texts = opened(actor.realm_id, OPINION, [(row.pk, bytes(row.said_sealed)) for row in rows])
    said = {pk: loads(text) for pk, text in texts.items()}
    return [(row, EchoAnswer(said[row.pk]["answer"]), said[row.pk]["words"]) for row in rows]
