"""Two who go on with an issue at the same moment: one step is taken, and nothing half."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.utils import timezone

from issue_builders import LEFT, REASON, ask_facts, issue_in, later, say
from tanxin.apps.issues import services
from tanxin.apps.issues.counted import Counted
from tanxin.apps.issues.models import Issue, Measure, Step
from tanxin.apps.issues.tallies import rebuild
from tanxin.core.access import RowNotFound
from tanxin.core.lifecycle import IllegalMove
from world import small_world


def at_once(*steps):
    together = Barrier(len(steps))

    def take(step):
        together.wait(timeout=10)
        try:
            step()
        except (IllegalMove, RowNotFound):
            return "refused"
        finally:
            connections.close_all()
        return "taken"

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(take, steps))


def test_one_of_two_steps_is_taken(on_disk, keeper):
    world = small_world()
    now, ada = timezone.now(), world.actor("ada")
    asked, answered, inquired = (issue_in(world, s) for s in ("assigned", "answered", "raised"))
    services.ask_time(world.actor("emil"), asked, until=later(), reason=REASON, at=now)
    ask_facts(world, inquired)
    for person in ("ben", "dora", "cleo"):
        world.actor(person)
    seen = Issue.objects.get(pk=answered).steps

    assert at_once(
        lambda: services.give_time(ada, asked, at=now),
        lambda: services.deny_time(ada, asked, reason=REASON, at=now),
    ) == ["refused", "taken"]
    assert Step.objects.filter(issue=asked, move__in=["give_time", "deny_time"]).count() == 1
    assert Measure.objects.get(issue=asked).asked_until is None

    assert at_once(
        lambda: say(world, answered, "ben", "not", LEFT, seen=seen),
        lambda: say(world, answered, "dora", "solved", seen=seen),
    ) == ["refused", "taken"]

    assert at_once(
        lambda: services.report_facts(world.actor("cleo"), inquired, finding=LEFT, at=now),
        lambda: services.explain_issue(ada, inquired, text=LEFT, at=now),
    ) in (["refused", "taken"], ["taken", "taken"])
    assert Issue.objects.get(pk=inquired).inquiries.filter(ended_at=None).count() == 0

    before = sorted(Counted.objects.values_list("issue", "reached"), key=str)
    rebuild(world.realm_id)
    assert sorted(Counted.objects.values_list("issue", "reached"), key=str) == before
