from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.utils import timezone

from issue_builders import ANSWER, issue_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.models import Step
from tanxin.apps.issues.services import answer_issue
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
