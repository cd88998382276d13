"""The only door to cases: drafts for who wrote them and who may publish, the rest for everybody."""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.learning.models import Case
from tanxin.core.access import Actor, Permission, RowForbidden, RowNotFound, decide

CaseRow: TypeAlias = Case
PUBLISHED = Q(published_at__isnull=False, withdrawn_at=None)


class CaseNotFound(RowNotFound):
    pass


class CaseForbidden(RowForbidden):
    pass


def may_write(actor: Actor) -> bool:
    return actor.person_id is not None and decide(Permission.CASE_WRITE, actor.standing).allowed


def may_publish(actor: Actor, case: Case) -> bool:
    """Somebody else than who wrote it."""
    return (
        actor.person_id not in {None, case.written_by_id}
        and decide(Permission.CASE_PUBLISH, actor.standing).allowed
    )


def visible_cases(actor: Actor) -> QuerySet[Case]:
    shown = PUBLISHED | Q(written_by=actor.person_id, withdrawn_at=None)
    if decide(Permission.CASE_PUBLISH, actor.standing).allowed:
        shown |= Q(withdrawn_at=None)
    if actor.person_id is None:
        return Case.objects.none()
    return Case.objects.filter(shown, realm=actor.realm_id)


def case_for(actor: Actor, case_id: UUID) -> Case:
    """Raises ``CaseNotFound``."""
    found = visible_cases(actor).filter(pk=case_id).first()
    if found is None:
        raise CaseNotFound(case_id)
    return found
