from datetime import datetime

from django.db import transaction

from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.transitions import log
from tanxin.core.access import Actor


@transaction.atomic
def note_paper(actor: Actor, talk: Talk, name: str, *, file: str, at: datetime) -> None:
    """The log names who took a paper of a talk, before it leaves."""
    log(actor, "talk.printed", talk, at=at, detail={"paper": name, "file": file})
