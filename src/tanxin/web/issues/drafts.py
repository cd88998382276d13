"""What is being typed in the forms of the steps, kept until the step is taken."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from tanxin.apps.issues.course import PERMISSION_OF, IssueSeen, issue_seen
from tanxin.apps.talks.access import talk_for
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IssueMove
from tanxin.web.drafting import keep_typed
from tanxin.web.issues.course import page_of_move
from tanxin.web.issues.forms import CO_OWNERS
from tanxin.web.issues.step_forms import PARTS
from tanxin.web.requests import ActorRequest

RAISING = "raise"
RAISED = ("kind", "text", "weight", "reach", "unit")
# The fields of each form that somebody types or chooses.
KEPT = {
    IssueMove.ASSIGN: (
        "statement",
        "measure",
        "cause",
        "owner",
        *CO_OWNERS,
        "verifier",
        "due",
    ),
    IssueMove.INQUIRE: ("question", "person", "wanted_on"),
    IssueMove.FIND: ("finding",),
    IssueMove.NOTE: ("note",),
    IssueMove.CAUSE: ("cause",),
    IssueMove.ASK_TIME: ("until", "reason"),
    IssueMove.GIVE_TIME: ("verdict", "reason"),
    IssueMove.EXPLAIN: ("text", "look_again_on"),
    IssueMove.EFFECT: ("word", "text"),
    IssueMove.SPLIT: PARTS,
    IssueMove.REPORT: ("evidence",),
    IssueMove.VERIFY: ("verdict", "note"),
    IssueMove.ANSWER: ("answer",),
}
NO_CONTENT = 204


@require_POST
def of_raising(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk_for(request.actor, talk_id, Permission.ISSUE_RAISE)
    return keep_typed(request, RAISING, talk_id, RAISED, page="issues:raise")


@require_POST
def of_step(request: ActorRequest, issue_id: UUID, step: str) -> HttpResponse:
    move = next((move for move in KEPT if move == step), None)
    if move is None:
        raise Http404
    issue = issue_seen(request.actor, issue_id, PERMISSION_OF[move])
    if "discard" not in request.POST and comes_too_late(request, issue, move):
        return HttpResponse(status=NO_CONTENT)
    page = f"issues:{page_of_move(move)}"
    return keep_typed(request, move, issue_id, KEPT[move], page=page)


def comes_too_late(request: ActorRequest, issue: IssueSeen, move: IssueMove) -> bool:
    """Sent just before the step was taken, and arrived after it: the text is in the step."""
    seen = request.POST.get("seen", "")
    return move not in issue.moves or (seen.isdecimal() and seen != str(issue.steps))
