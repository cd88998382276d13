"""What stands on somebody's page of what is to do: once, and not when it is done."""

from urllib.parse import parse_qs, urlsplit

from django.db.models import Q
from django.urls import resolve
from django.utils import timezone

from tanxin.apps.duties.models import Duty
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import Membership
from tanxin.apps.talks.models import Talk
from tanxin.web.home.todo import todo_of

OPEN_TALKS = {
    "approving", "proposed", "agreed", "held", "recorded", "disputed", "unconfirmed",
}  # fmt: skip


def nothing_waits_twice_or_is_done(realm_id, handles):
    """For each of the demo's people; something must be there for somebody."""
    now, found = timezone.now(), 0
    members = Membership.objects.filter(realm=realm_id, account__handle__in=handles)
    for account, person in members.values_list("account", "person"):
        actor = actor_of(account, on=timezone.localdate(), realm_id=realm_id)
        todo = todo_of(actor, now=now, today=timezone.localdate())
        items = [item for group in todo.groups for item in group.items]
        wanted = [(item.url, item.person_id) for item in items]
        assert len(wanted) == len(set(wanted)), person
        assert [item.url for item in items if is_done(item.url, person)] == []
        found += len(items)
    assert found > len(handles)


def is_done(url, person):
    parts = urlsplit(url)
    match = resolve(parts.path)
    if match.view_name == "talks:talk":
        return not Talk.objects.filter(pk=match.kwargs["talk_id"], state__in=OPEN_TALKS).exists()
    if match.view_name == "talks:new":
        [duty] = parse_qs(parts.query)["duty"]
        return not Duty.objects.filter(pk=duty, state="open").exists()
    if match.view_name == "issues:issue":
        mine = Q(waiting_for=person) | Q(talk__subject=person) | Q(effects__person=person)
        mine |= Q(led_by=person, look_again_on__isnull=False)
        return not Issue.objects.filter(mine, pk=match.kwargs["issue_id"]).exists()
    return False
