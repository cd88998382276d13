from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from tanxin.apps.issues.common.access import CommonRow, visible_common
from tanxin.core.access import Permission, decide
from tanxin.web.common import words
from tanxin.web.issues.kinds import KindNames
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    kind: str
    unit_id: UUID
    found: Promise
    state: str
    label: Promise
    on: date


def line(row: CommonRow, kinds: KindNames) -> Line:
    return Line(
        row.pk, kinds[row.kind], row.unit_id, words.FOUND_BY[row.found_by], row.state,
        words.STATES[row.state], row.found_on,
    )  # fmt: skip


@require_safe
def common(request: ActorRequest) -> HttpResponse:
    """For organisers everything proposed; for others what they were asked to hold a talk about."""
    kinds = KindNames(request.actor.realm_id)
    page = page_of(
        visible_common(request.actor),
        order=("-found_on", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    shown = {
        "page": page,
        "lines": [line(row, kinds) for row in page.rows],
        "decides": decide(Permission.COMMON_DECIDE, request.actor.standing).allowed,
    }
    return render(request, "common/list.html", shown)
