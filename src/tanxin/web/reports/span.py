"""The unit and the days that figures and lists are asked for."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from tanxin.apps.org.access import unit_for
from tanxin.apps.reports.ledger import Scope, scope_for
from tanxin.core.access import Actor, Permission
from tanxin.web.duties.asked import date_in


def scope_asked(request: HttpRequest, actor: Actor, unit_id: UUID, today: date) -> Scope:
    """Raises what the door of the unit raises."""
    unit_for(actor, unit_id, Permission.REPORT_VIEW, on=today)
    first = date_in(request.GET, "first") or date(today.year, 1, 1)
    last = date_in(request.GET, "last") or date(today.year, 12, 31)
    return scope_for(actor, unit_id, min(first, last), max(first, last), on=today)


def figures_url(unit_id: UUID, first: date, last: date) -> str:
    return f"{reverse('reports:figures', args=[unit_id])}?{query(first, last)}"


def list_url(unit_id: UUID, first: date, last: date, code: str) -> str:
    asked = query(first, last, of=code)
    return f"{reverse('reports:list', args=[unit_id])}?{asked}"


def query(first: date, last: date, **more: str) -> str:
    return urlencode({"first": first, "last": last, **more})
