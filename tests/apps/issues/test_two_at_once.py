from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from issue_builders import ANSWER, issue_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.services import answer_issue, merge_issue
from tanxin.core.lifecycle import IllegalMove
from world import small_world


def test_an_answer_sent_by_two_requests_at_once_is_given_once(on_disk, keeper):
    world = small_world()
    issue_id = issue_in(world, "verified")
    together = Barrier(2)

    def answer(text: str) -> str:
        together.wait(timeout=10)
        try:
            answer_issue(world.actor("ada"), issue_id, answer_text=text, at=timezone.now())
        except IllegalMove:
            return "refused"
        finally:
            connections.close_all()
        return "answered"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(answer, [ANSWER, "另一答复"]))

    assert outcomes == ["answered", "refused"]
    assert Step.objects.filter(move="answer").count() == 1
    assert AuditLeaf.objects.filter(event="issue.answered").count() == 1


def test_two_that_are_merged_crosswise_are_taken_in_one_order(on_disk, keeper):
    world = small_world()
    low, high = sorted(issue_in(world, "raised") for _ in range(2))

    def merge_low() -> str:
        try:
            return merge_issue(world.actor("ada"), low, high, at=timezone.now()).state
        finally:
            connections.close_all()

    def touch(issue_id) -> None:
        Issue.objects.filter(realm=world.realm_id, pk=issue_id).update(steps=F("steps"))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            touch(low)
            merging = pool.submit(merge_low)
            wait([merging], timeout=0.5)
            touch(high)
        assert merging.result(timeout=20) == "merged"
