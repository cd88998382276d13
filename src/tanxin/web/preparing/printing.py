"""The sheet with the outline on paper, in Chinese like every paper."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.services import note_paper
from tanxin.core.access import Actor, Permission
from tanxin.web.directory import directory_of
from tanxin.web.downloads import download
from tanxin.web.papers.paper import Paper, Passage
from tanxin.web.papers.typesetting import ChineseFontMissing, pdf_of
from tanxin.web.papers.word import word_of
from tanxin.web.preparing.sheet import Promised, Sheet, sheet_of
from tanxin.web.preparing.texts import texts_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.papers import FILES, facts, foot, grade

MOST_EARLIER = 3


@require_safe
def paper(request: ActorRequest, talk_id: UUID, file: str) -> HttpResponse:
    if file not in FILES:
        raise Http404
    talk = talk_for(request.actor, talk_id, Permission.TALK_PREPARE)
    with translation.override("zh-hans"):
        made = made_of(request.actor, talk, directory_of(request), timezone.localdate())
    try:
        body = pdf_of("official.typ", made.values()) if file == "pdf" else word_of(made)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "preparing:sheet", talk_id)
    note_paper(request.actor, talk, "preparation", file=file, at=timezone.now())
    return download(body, f"{made.title}.{file}", FILES[file])


def made_of(actor: Actor, talk: TalkRow, names: Directory, today: date) -> Paper:
    texts = texts_of(actor, talk)
    sheet = sheet_of(actor, talk, names, today=today)
    passages = [
        ("对方想谈的事项", texts.get("topics", "")),
        ("未办结的问题和承诺", "\n".join(promises(sheet.promised))),
        ("近几次谈话", "\n".join(talks(sheet))),
        ("职务和班子变动", "\n".join(f"{one.group}：{one.title}" for one in sheet.changes)),
        ("需要了解的情况", "\n".join(known(sheet))),
        ("谈话提纲", texts["outline"]),
    ]
    return Paper(
        title="谈前准备单",
        issuer=realm_name(actor.realm_id),
        grade=grade(talk),
        facts=facts(actor, talk, names),
        passages=tuple(Passage(heading, text) for heading, text in passages if text),
        foot=foot(actor, names),
        remark="本单只供谈话人准备谈话使用，不是谈话记录，用后请销毁。",
    )


def promises(promised: list[Promised]) -> Iterator[str]:
    for one in promised:
        if one.is_open:
            due = f"，{one.line.due}前" if one.line.due else ""
            where = f"，{one.unit}" if one.unit else ""
            yield f"{one.line.kind}（{one.line.number}）：{one.line.label}{where}{due}"


def talks(sheet: Sheet) -> Iterator[str]:
    for one in sheet.earlier[:MOST_EARLIER]:
        said = f"，{one.said}" if one.said else ""
        yield f"{timezone.localdate(one.on)} {one.kind}{said}"


def known(sheet: Sheet) -> Iterator[str]:
    for one in sheet.facts:
        since = f"（{one.start}起，来源：{one.source}）" if one.start else f"（来源：{one.source}）"
        yield f"{one.what}{since}"
