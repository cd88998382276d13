"""Who has a part in a talk beside the two, and what waits for an endorsement."""

from datetime import date
from uuid import UUID

from tanxin.apps.org.recusals import kept_from
from tanxin.apps.talks.approvers import approvers_of
from tanxin.apps.talks.models import Beside, Endorsement, Talk
from tanxin.core.access import Actor, Relation
from tanxin.core.lifecycle import TalkState
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part

# May be there in any talk, and are wanted only where its type says so.
NEVER_WANTED = (Part.RECORDER, Part.ACCOMPANIST)
IN_ROOM = (*NEVER_WANTED, Part.INTERPRETER, Part.VOLUNTEER)


def named_for(talk: Talk) -> dict[Part, UUID]:
    rows = Beside.objects.filter(realm=talk.realm_id, talk=talk.pk).order_by("part")
    return {Part(part): person for part, person in rows.values_list("part", "person")}


def in_room(talk: Talk) -> list[tuple[Part, UUID]]:
    """Those who sit there with the two."""
    return [(part, person) for part, person in named_for(talk).items() if part in IN_ROOM]


def missing_from(conduct: Conduct, named: dict[Part, UUID]) -> list[Part]:
    """What the type of a talk wants, and nobody was named for."""
    return [part for part in (*conduct.parts, *conduct.endorsement) if part not in named]


def relations_beside(actor: Actor, talk: Talk) -> frozenset[Relation]:
    """By which parts the actor may know of the talk, once its subject was told of it."""
    if actor.person_id is None:
        return frozenset()
    rows = Beside.objects.filter(realm=talk.realm_id, talk=talk.pk, person=actor.person_id)
    return frozenset(relation_of(Part(part)) for part in rows.values_list("part", flat=True))


def relation_of(part: Part) -> Relation:
    if part is Part.RECORDER:
        return Relation.RECORDER
    return Relation.COMPANION if part in IN_ROOM else Relation.ENDORSER


def reading_beside(talk: Talk) -> list[tuple[UUID, str]]:
    """Who may open the record beside the two, and as what."""
    relations = [(person, relation_of(part)) for part, person in named_for(talk).items()]
    reading = {Relation.RECORDER, Relation.ENDORSER}
    return list(dict.fromkeys((who, what.value) for who, what in relations if what in reading))


def endorsers_able(talk: Talk, part: Part, on: date) -> frozenset[UUID]:
    """Who may be named to endorse its record; nobody the talk is kept from."""
    sides = (talk.initiator_id, talk.subject_id)
    able = approvers_of(talk.realm_id, part, sides, talk.initiator_id, on)
    return able - kept_from(talk.realm_id, [talk.pk, talk.subject_id])


def is_endorsed_first(talk: Talk, conduct: Conduct) -> bool:
    """Whether its subject is asked only after an endorsement; what a group shares is not."""
    return bool(conduct.endorsement) and talk.group_id is None


def waits_for_endorsement(talk: Talk) -> bool:
    return talk.state == TalkState.RECORDED and talk.confirm_by is None


def parts_to_endorse(actor: Actor, talk: Talk, version_id: UUID) -> list[str]:
    """The parts in which the actor has said nothing to a version yet."""
    mine = Beside.objects.filter(realm=talk.realm_id, talk=talk.pk, person=actor.person_id)
    mine = mine.exclude(part__in=[part.value for part in IN_ROOM])
    said = Endorsement.objects.filter(realm=talk.realm_id, talk=talk.pk, version=version_id)
    done = set(said.values_list("part", flat=True))
    return [part for part in mine.values_list("part", flat=True) if part not in done]
