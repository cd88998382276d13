"""As what somebody opens the texts of a talk; the keeper notes it beside his name."""

from tanxin.apps.talks.access import relations_to
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Relation

# Who reads it as the third.
READING = (Relation.RECORDER, Relation.ENDORSER)


def ground_of(actor: Actor, talk: TalkRow) -> str:
    if talk.subject_id == actor.person_id:
        return "subject"
    relations = relations_to(actor, talk)
    grounds = (Relation.INITIATOR, *READING, Relation.GRANTED, Relation.EMERGENCY)
    return next(one.value for one in grounds if one in relations)
