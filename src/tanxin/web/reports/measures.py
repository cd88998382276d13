"""The measure of an issue on paper (整改单): what shall be done, by whom, until when, to sign."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.reports.measures import measure_of, note_sheet
from tanxin.core.access import Actor
from tanxin.web.directory import directory_of
from tanxin.web.issues import words
from tanxin.web.issues.course import texts_of
from tanxin.web.issues.kinds import KindNames
from tanxin.web.papers.paper import Paper, Passage
from tanxin.web.papers.typesetting import ChineseFontMissing
from tanxin.web.reports.filing import FILES, filed
from tanxin.web.requests import ActorRequest, go_to

DAY, MOMENT = "%Y年%-m月%-d日", "%Y年%-m月%-d日 %H:%M"
DONE_LINES, CHECK_LINES = 5, 3


@require_safe
def sheet(request: ActorRequest, issue_id: UUID, file: str) -> HttpResponse:
    if file not in FILES:
        raise Http404
    actor = request.actor
    measure_of(actor, issue_id)
    with translation.override("zh-hans"):
        made = paper_of(actor, issue_id, directory_of(request))
    try:
        answer = filed(made, file)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "issues:issue", issue_id)
    note_sheet(actor, issue_id, file=file, at=timezone.now())
    return answer


def paper_of(actor: Actor, issue_id: UUID, names: Directory) -> Paper:
    """Whose matter it is does not stand on it, nor the day of a talk."""
    seen, step = measure_of(actor, issue_id)
    texts = texts_of(actor, seen)
    now = timezone.localtime(timezone.now())
    facts = (
        ("编号", words.number_of(seen.id)),
        ("类别", str(KindNames(actor.realm_id)[seen.kind])),
        ("责任单位", names.unit_name(seen.unit_id)),
        ("责任人", label(names, seen.owner_id)),
        ("核查人", label(names, seen.verifier_id)),
        ("整改期限", day(seen.due) + (f"（已延期{seen.extended}次）" if seen.extended else "")),
        ("现在状态", str(words.STATES[seen.state])),
    )
    return Paper(
        title="整改单",
        issuer=realm_name(actor.realm_id),
        grade="",
        facts=tuple(row for row in facts if row[1]),
        passages=(
            Passage("需解决的问题", texts.get(step.statement, "") if step.statement else ""),
            Passage("整改措施", texts.get(step.text, "") if step.text else ""),
            Passage("整改情况和佐证", lines=DONE_LINES),
            Passage("核查意见", lines=CHECK_LINES),
        ),
        boxes=("已解决", "退回整改"),
        signatures=("责任人签名", "核查人签名"),
        foot=f"{names.name(actor.person_id)} {now:{MOMENT}} 打印",
        remark="核查人不得由责任人或其下属担任。请勿打听问题由谁提出。",
    )


def label(names: Directory, person_id: UUID | None) -> str:
    return names.label(person_id) if person_id else ""


def day(value: date | None) -> str:
    return f"{value:{DAY}}" if value else ""
