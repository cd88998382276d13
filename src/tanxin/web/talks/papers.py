"""A talk on paper: the notice, the sheet to fill in by hand, the record with its confirmation."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.talks import groups
from tanxin.apps.talks.access import TalkNotFound, talk_for
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.selectors import Standing, TalkRow
from tanxin.apps.talks.services import note_paper
from tanxin.core.access import Actor, Permission
from tanxin.core.policy.manner import Part
from tanxin.core.written import from_text
from tanxin.web.directory import directory_of
from tanxin.web.downloads import download
from tanxin.web.papers.paper import Paper, Passage
from tanxin.web.papers.typesetting import ChineseFontMissing, pdf_of
from tanxin.web.papers.word import KIND as WORD
from tanxin.web.papers.word import word_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words
from tanxin.web.talks.grounds import ground_of
from tanxin.web.talks.kinds import kind_name
from tanxin.web.talks.reading import shared_of
from tanxin.web.talks.showing import places_for

DAY = "%Y年%-m月%-d日"
MOMENT = "%Y年%-m月%-d日 %H:%M"
FILES = {"pdf": "application/pdf", "docx": WORD}
ANSWERS = ("属实", "有出入", "未进行该次谈话")
FIELD_LINES, TEXT_LINES, REMARK_LINES = 2, 5, 2


@require_safe
def paper(request: ActorRequest, talk_id: UUID, name: str, file: str) -> HttpResponse:
    if name not in PAPERS or file not in FILES:
        raise Http404
    permission, make = PAPERS[name]
    talk = talk_for(request.actor, talk_id, permission)
    with translation.override("zh-hans"):
        made = make(request.actor, talk, directory_of(request))
    try:
        body = pdf_of("official.typ", made.values()) if file == "pdf" else word_of(made)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "talks:talk", talk_id)
    note_paper(request.actor, talk, name, file=file, at=timezone.now())
    return download(body, f"{made.title}.{file}", FILES[file])


def notice(actor: Actor, talk: TalkRow, names: Directory) -> Paper:
    """When and where; whoever carries the paper does not learn of what kind the talk is."""
    if talk.held_at is not None:
        raise TalkNotFound(talk.pk)
    place = places_for(actor, [talk]).get(talk.pk, "")
    rows = [
        ("谈话人", names.label(talk.initiator_id)),
        ("谈话时间", f"{timezone.localtime(talk.planned_for):{MOMENT}}"),
        ("谈话地点", place or "另行通知"),
        ("谈话方式", str(words.CHANNELS[talk.channel])),
    ]
    return Paper(
        title="谈话通知",
        issuer=realm_name(actor.realm_id),
        grade="",
        opening=f"{names.name(talk.subject_id)}同志：\n经研究，拟与您谈心谈话，现将有关安排通知如下。",
        facts=tuple(rows),
        closing="时间如有不便，请及时提出，另行商定。您想谈的事项，谈话时可以提出。",
        dated=f"{timezone.localdate():{DAY}}",
        foot=foot(actor, names),
    )


def sheet(actor: Actor, talk: TalkRow, names: Directory) -> Paper:
    """To be filled in by hand, signed, and entered afterwards."""
    conduct = conduct_of(talk)
    fields = [Passage(each.title.zh, lines=FIELD_LINES) for each in conduct.fields]
    return Paper(
        title="谈话记录表",
        issuer=realm_name(actor.realm_id),
        grade=grade(talk),
        facts=facts(actor, talk, names),
        passages=(*fields, Passage("谈话记录", lines=TEXT_LINES)),
        boxes=("没有提出问题",),
        signatures=("谈话人签名", "谈话对象签名"),
        foot=foot(actor, names),
        remark="请谈话对象本人核对后签名；如有不同意见，请在签名处写明。",
    )


def record(actor: Actor, talk: TalkRow, names: Directory) -> Paper:
    """The version in force, with everything added to it, and room to confirm it by hand."""
    found = openable(actor, records_about(actor, talk.pk, ["record", "remark"]))
    shared = shared_of(actor, talk)
    standing = groups.standing_of(talk)
    if standing is None:
        raise TalkNotFound(talk.pk)
    texts = open_texts(actor, [one.pk for one in (*shared, *found)], ground_of(actor, talk))
    summary = next((one for one in shared if one.kind == "record"), None)
    main = next((one for one in found if one.kind == "record"), None)
    passages = said_in(texts[summary.pk], "共同记录") if summary else []
    passages += said_in(texts[main.pk], "本人部分" if summary else "谈话记录") if main else []
    passages += [
        Passage(f"附言（{names.name(one.author_id)}，{one.created_at:{DAY}}）", texts[one.pk])
        for one in (*shared, *found)
        if one not in (summary, main)
    ]
    said = str(words.STANDINGS[standing.state][0])
    if standing.proxy and standing.by:
        how = words.proxy_of(standing.state, standing.proxy)
        said += f"（{how}，{names.name(standing.by)}经办）"
    passages.append(Passage("本人意见", said))
    open_to_answer = standing.state in {"waiting", "unconfirmed"}
    if open_to_answer:
        passages.append(Passage("补充说明", lines=REMARK_LINES))
    return Paper(
        title="谈话记录",
        issuer=realm_name(actor.realm_id),
        grade=grade(talk),
        facts=(*facts(actor, talk, names), ("版本", version(standing))),
        passages=tuple(passages),
        boxes=ANSWERS if open_to_answer else (),
        signatures=signatures(talk) if open_to_answer else (),
        foot=foot(actor, names),
        remark=marks(talk, standing),
    )


def marks(talk: TalkRow, standing: Standing) -> str:
    """What is said of it for good."""
    said = ["本记录在谈话数日后录入。"] if standing.late else []
    said += ["纸质补录：由他人据签字的谈话记录表录入，经谈话人核对。"] if talk.from_paper else []
    return "补记：" + "".join(said) if said else ""


def said_in(text: str, heading: str) -> list[Passage]:
    written = from_text(text)
    answers = [Passage(one.zh, one.text) for one in written.answers]
    words_alone = [Passage(heading, written.text)] if written.text else []
    nothing = [Passage("提出的问题", "没有提出问题。")] if written.nothing_raised else []
    return [*answers, *words_alone, *nothing]


def facts(actor: Actor, talk: TalkRow, names: Directory) -> tuple[tuple[str, str], ...]:
    when = talk.held_at or talk.planned_for
    return (
        ("谈话人", names.label(talk.initiator_id)),
        ("谈话对象", names.label(talk.subject_id)),
        ("谈话类别", str(kind_name(talk))),
        ("谈话时间", f"{timezone.localtime(when):{MOMENT}}"),
        ("谈话地点", places_for(actor, [talk]).get(talk.pk, "")),
        ("谈话方式", str(words.CHANNELS[talk.channel])),
    )


def version(standing: Standing) -> str:
    written = f"{timezone.localtime(standing.written_at):{MOMENT}}"
    return f"第{standing.version}版，{written}，摘要 {standing.digest.hex()[:16]}"


def signatures(talk: TalkRow) -> tuple[str, ...]:
    """The subject always; the initiator where the type demands it."""
    both = Part.INITIATOR in conduct_of(talk).signature
    return ("谈话人签名", "谈话对象签名") if both else ("谈话对象签名",)


def grade(talk: TalkRow) -> str:
    return f"知悉范围：{words.GRADES[conduct_of(talk).grade]}"


def foot(actor: Actor, names: Directory) -> str:
    """Who took it out of the system, and when: a paper is kept by somebody."""
    who = names.name(actor.person_id) if actor.person_id else ""
    return f"{who} {timezone.localtime(timezone.now()):{MOMENT}} 打印"


Maker = Callable[[Actor, TalkRow, Directory], Paper]
PAPERS: dict[str, tuple[Permission, Maker]] = {
    "notice": (Permission.TALK_ANSWER, notice),
    "sheet": (Permission.RECORD_WRITE, sheet),
    # For the two of it: who was let read for some hours takes no copy along.
    "record": (Permission.TALK_ANSWER, record),
}
