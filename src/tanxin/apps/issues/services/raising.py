from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.likeness import keep_measures, measured
from tanxin.apps.archive.selectors import latest_versions
from tanxin.apps.audit.services import record
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import the_two
from tanxin.apps.issues.services.sorting import UNSORTED, Sorting, check_unit
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.taxonomy import check_kind
from tanxin.apps.issues.transitions import note_step
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import BEFORE_HELD, IllegalMove, TalkState
from tanxin.core.likeness.measures import Around


def raise_issue(
    actor: Actor,
    talk_id: UUID,
    *,
    kind: str,
    text: str,
    at: datetime,
    form: UUID | None = None,
    sorting: Sorting = UNSORTED,
) -> Issue:
    """Write down what was raised in a talk that took place.

    The same ``form`` twice makes one issue. Raises ``IllegalMove`` before the talk was held,
    ``TextMissing``, ``KindRefused``, ``UnitUnknown``, and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.ISSUE_RAISE)
    if TalkState(talk.state) in BEFORE_HELD:
        raise IllegalMove("the talk has not been held")
    new_id = id_of(actor, form)
    written = Issue.objects.filter(realm=actor.realm_id, pk=new_id, talk=talk)
    if earlier := written.first():
        return earlier
    check_kind(actor.realm_id, kind)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    check_unit(actor.realm_id, sorting.unit, today)
    readers = the_two(talk.initiator_id, talk.subject_id)
    sealed = sealed_text(actor, new_id, "issue", text, readers=readers)
    likeness = measured(actor, text.strip(), Around())
    try:
        with transaction.atomic():
            talk = talk_for(actor, talk_id, Permission.ISSUE_RAISE)
            issue = Issue.objects.create(
                pk=new_id,
                realm_id=actor.realm_id,
                talk=talk,
                led_by_id=talk.initiator_id,
                led_since=at,
                kind=kind,
                weight=sorting.weight.value,
                reach=sorting.reach.value,
                unit_id=sorting.unit,
                is_unit_named=sorting.unit is not None,
                waiting_for_id=talk.initiator_id,
                wanted_on=today,
                raised_at=at,
            )
            mark_again(issue, at)
            readers = the_two(talk.initiator_id, talk.subject_id)
            wording = archive.store(sealed, parties=readers, at=at)
            version = latest_versions(actor.realm_id, [wording.pk])[wording.pk]
            keep_measures(version, issue.pk, likeness)
            note_step(actor, issue, "raise", at=at, text=wording)
            record(
                "issue.raised",
                realm_id=actor.realm_id,
                actor=actor,
                subject_kind="issue",
                subject_id=issue.pk,
                detail={"talk": str(talk.pk), "kind": kind},
                at=at,
            )
    except IntegrityError:
        if earlier := written.first():
            return earlier
        raise
    return issue
