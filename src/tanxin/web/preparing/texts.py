"""What is opened for the sheet: the other side's topics, and the initiator's own outline."""

from typing import Any

from tanxin.apps.archive.services import open_texts
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks.selectors import TalkRow, outline_of, topics_of
from tanxin.core.access import Actor
from tanxin.web.preparing.shipped import outline_for


def texts_of(actor: Actor, talk: TalkRow) -> dict[str, Any]:
    """The sheet goes on without them where the keeper does not open them."""
    shown: dict[str, Any] = {
        "outline": outline_for(talk.realm_id, talk.kind, talk.type),
        "is_own_outline": False,
    }
    topics, outline = topics_of(talk), outline_of(actor, talk.pk)
    try:
        if topics is not None:
            shown["topics"] = open_texts(actor, [topics.pk], "initiator")[topics.pk]
        if outline is not None:
            shown["outline"] = open_texts(actor, [outline.pk], "author")[outline.pk]
            shown["is_own_outline"] = True
    except (KeeperUnavailable, KeeperRefused):
        shown["stays_sealed"] = True
    return shown
