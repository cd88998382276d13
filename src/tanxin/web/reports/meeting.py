"""What a meeting of a team or a branch needs, on one page and on paper."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.reports.meeting import Pack, meeting_pack, note_pack
from tanxin.core.access import Actor
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import date_in
from tanxin.web.duties.showing import DutyLine, duty_line
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import Line, line
from tanxin.web.papers.paper import Paper, Passage, Table
from tanxin.web.papers.typesetting import ChineseFontMissing
from tanxin.web.reports.filing import FILES, filed
from tanxin.web.requests import ActorRequest, go_to

GAPS = ("谈话人", "谈话对象", "制度要求", "最后期限", "状态")
PROMISES = ("编号", "责任人", "整改期限", "状态")
COMMON = ("类别", "单位", "发现日期")
USUAL = timedelta(days=30)
DAY, MOMENT = "%Y年%-m月%-d日", "%Y年%-m月%-d日 %H:%M"


@require_safe
def show(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    pack = pack_asked(request, unit_id)
    names = directory_of(request)
    note_pack(actor, pack, file="", at=now)
    shown = {
        "pack": pack,
        "unit_name": names.unit_name(unit_id),
        "gaps": gaps_of(actor, pack, names),
        "promised": promises_of(actor, pack),
        "common": [(row, str(KindNames(actor.realm_id)[row.kind])) for row in pack.common],
        "today": timezone.localdate(now),
    }
    return render(request, "reports/meeting.html", shown)


def pack_asked(request: ActorRequest, unit_id: UUID) -> Pack:
    today = timezone.localdate()
    until = date_in(request.GET, "until") or today + USUAL
    return meeting_pack(request.actor, unit_id, until=until, on=today)


def gaps_of(actor: Actor, pack: Pack, names: Directory) -> list[DutyLine]:
    today = timezone.localdate()
    return [duty_line(actor, gap, names, today) for gap in pack.gaps]


def promises_of(actor: Actor, pack: Pack) -> list[Line]:
    today, kinds = timezone.localdate(), KindNames(actor.realm_id)
    return [
        line(actor, one, pack.dues.get(one.pk), today, pack.owners.get(one.pk), names=kinds)
        for one in pack.promised
    ]


@require_safe
def paper(request: ActorRequest, unit_id: UUID, file: str) -> HttpResponse:
    if file not in FILES:
        raise Http404
    actor, now = request.actor, timezone.now()
    pack = pack_asked(request, unit_id)
    with translation.override("zh-hans"):
        made = paper_of(actor, pack, directory_of(request))
    try:
        answer = filed(made, file)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "reports:meeting", unit_id)
    note_pack(actor, pack, file=file, at=now)
    return answer


def paper_of(actor: Actor, pack: Pack, names: Directory) -> Paper:
    """The other side of a promise is not on it: it lies on a table in a meeting room."""
    now = timezone.localtime(timezone.now())
    gaps = tuple(
        (one.who, one.whom, one.title, day(one.due), str(one.label))
        for one in gaps_of(actor, pack, names)
    )
    promised = tuple(
        (one.number, names.name(one.owner_id) if one.owner_id else "", day(one.due), str(one.label))
        for one in promises_of(actor, pack)
    )
    kinds = KindNames(actor.realm_id)
    common = tuple(
        (str(kinds[row.kind]), names.unit_name(row.unit_id), day(row.found_on))
        for row in pack.common
    )
    parts = (
        ("一、还应谈心谈话的", Table(GAPS, gaps, (3, 3, 7, 3, 3))),
        ("二、本人承诺办理、尚未答复的", Table(PROMISES, promised, (3, 3, 3, 5))),
        ("三、多人反映的共性问题", Table(COMMON, common, (4, 5, 3))),
    )
    return Paper(
        title="组织生活会会前情况" if pack.is_branch else "民主生活会会前情况",
        issuer=realm_name(actor.realm_id),
        grade="",
        facts=(("范围", names.unit_name(pack.unit_id)), ("截至", f"{pack.until:{DAY}}")),
        passages=tuple(
            Passage(heading, "" if table.rows else "无。", table=table if table.rows else None)
            for heading, table in parts
        ),
        foot=f"{names.name(actor.person_id)} {now:{MOMENT}} 打印",
        remark="本表不含谈话内容。",
    )


def day(value: date | None) -> str:
    return f"{value:%Y-%m-%d}" if value else ""
