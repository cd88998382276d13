"""A talk packed for an archive: PDF/A, XML, files, receipt and a manifest in one ZIP."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tanxin.apps.archive.attachments import FileDamaged
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.retention.packaging import Contents, contents_of, note_package
from tanxin.core.access import Actor
from tanxin.core.packages import packed
from tanxin.web.directory import directory_of
from tanxin.web.downloads import download
from tanxin.web.login.confirming import fresh
from tanxin.web.papers.paper import Paper, Passage
from tanxin.web.papers.typesetting import ChineseFontMissing, pdf_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.papers import DAY, facts, foot, grade, said_in


@require_POST
@fresh
def make(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Without an approved request to read there are facts and digests in it, and no word."""
    actor, now = request.actor, timezone.localtime(timezone.now())
    try:
        found = contents_of(actor, talk_id)
        with translation.override("zh-hans"):
            paper = paper_of(actor, found, directory_of(request))
            pdf = pdf_of("official.typ", paper.values())
    except FileDamaged:
        messages.error(
            request, _("The file is damaged. Tell who runs the machine: it is in the backup.")
        )
        return go_to(request, "retention:hold_talk", talk_id)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; a package needs one."))
        return go_to(request, "retention:hold_talk", talk_id)
    manifest = {
        "realm": str(actor.realm_id),
        "talk": str(talk_id),
        "made": now.isoformat(),
        "texts": "whole" if found.is_whole else "none" if not found.texts else "some",
    }
    package = packed({**found.files, "record.pdf": pdf}, manifest)
    note_package(actor, found, package, at=now)
    return download(package, f"talk-{str(talk_id)[:8]}.zip", "application/zip")


def paper_of(actor: Actor, found: Contents, names: Directory) -> Paper:
    passages: list[Passage] = []
    for one in found.records:
        text = found.texts.get(one.pk)
        if text is None:
            continue
        if one.kind == "record":
            passages += said_in(text, "谈话记录")
        else:
            heading = f"附言（{names.name(one.author_id)}，{one.created_at:{DAY}}）"
            passages.append(Passage(heading, text))
    return Paper(
        title="谈话归档材料",
        issuer=realm_name(actor.realm_id),
        grade=grade(found.talk),
        facts=facts(actor, found.talk, names),
        passages=tuple(passages),
        foot=foot(actor, names),
        remark="" if passages else "未经批准查阅，不含谈话内容；文本摘要见 metadata.xml。",
    )
