"""A copy of what the system holds that one has said, or that was said of one, in one archive.

``data.json`` stands in it last: it tells of each file whether it could be read.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from tanxin.apps.archive.access import own_files, own_records
from tanxin.apps.archive.attachments import FileDamaged, open_file
from tanxin.apps.archive.services import RecordRow, open_texts
from tanxin.apps.issues.saving import views_of
from tanxin.apps.issues.selectors import issues_raised_by
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks.access import visible_requests
from tanxin.apps.talks.selectors import own_talks_whole, places
from tanxin.core.access import Actor, RowNotFound
from tanxin.core.uploads.kinds import ENDINGS, Kind
from tanxin.core.written import from_text
from tanxin.web.directory import directory_of
from tanxin.web.downloads import HEADERS
from tanxin.web.issues.kinds import KindNames
from tanxin.web.login.confirming import fresh
from tanxin.web.mine.zipping import Member, zipped
from tanxin.web.requests import ActorRequest

FORM = "tanxin-own-data-2"
AT_ONCE = 50


@require_POST
@fresh
def export(request: ActorRequest) -> HttpResponseBase:
    """Each text and each file is opened by the keeper for its owner, with a leaf, as on its page.

    The texts are opened before the first byte leaves: where the keeper is away, its page says so.
    """
    told = said_and_heard(request)
    body = zipped(own_parts(request.actor, told))
    response = StreamingHttpResponse(body, content_type="application/zip", headers=dict(HEADERS))
    header = content_disposition_header(
        as_attachment=True, filename=f"tanxin-{timezone.localdate()}.zip"
    )
    response["Content-Disposition"] = header or ""
    return response


def own_parts(actor: Actor, told: dict[str, Any]) -> Iterator[Member]:
    files: list[dict[str, Any]] = []
    for number, row in enumerate(own_files(actor), 1):
        known = {
            "about": str(row.about_id),
            "media": row.media,
            "added_at": moment(row.record.created_at),
        }
        try:
            opened = open_file(actor, row.pk, "own data")
        except (FileDamaged, RowNotFound, KeeperRefused, KeeperUnavailable):
            files.append({**known, "file": None})
            continue
        name = f"files/{number}{ENDINGS[Kind(opened.media)]}"
        files.append({**known, "file": name, "name": opened.name})
        yield name, opened.pieces
    body = json.dumps({**told, "files": files}, ensure_ascii=False, indent=1)
    yield "data.json", iter([body.encode()])


def said_and_heard(request: ActorRequest) -> dict[str, Any]:
    names = directory_of(request)
    return {
        "form": FORM,
        "organisation": realm_name(request.actor.realm_id),
        "person": names.label(request.actor.person_id) if request.actor.person_id else "",
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "talks": list(talks_of(request.actor, names)),
        "requests": list(requests_of(request.actor, names)),
        "issues_raised": list(issues_of(request.actor)),
        "views_kept": [{"name": one.name, "query": one.query} for one in views_of(request.actor)],
        "texts": list(texts_of(request.actor, names)),
    }


def moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else None


def talks_of(actor: Actor, names: Directory) -> Iterator[dict[str, Any]]:
    rows = list(own_talks_whole(actor))
    where = places(rows)
    for talk in rows:
        yield {
            "id": str(talk.pk),
            "initiator": names.name(talk.initiator_id),
            "subject": names.name(talk.subject_id),
            "kind": talk.kind,
            "state": talk.state,
            "channel": talk.channel,
            "place": where.get(talk.pk, ""),
            "planned_for": moment(talk.planned_for),
            "held_at": moment(talk.held_at),
            "entered_at": moment(talk.entered_at),
        }


def requests_of(actor: Actor, names: Directory) -> Iterator[dict[str, Any]]:
    for row in visible_requests(actor).order_by("asked_at", "pk"):
        yield {
            "id": str(row.pk),
            "asker": names.name(row.asker_id),
            "asked": names.name(row.asked_id),
            "state": row.state,
            "asked_at": moment(row.asked_at),
            "answer_by": row.answer_by.isoformat(),
        }


def issues_of(actor: Actor) -> Iterator[dict[str, Any]]:
    kinds = KindNames(actor.realm_id)
    for row in issues_raised_by(actor):
        yield {
            "id": str(row.pk),
            "talk": str(row.talk_id),
            "kind": kinds[row.kind],
            "state": row.state,
            "raised_at": moment(row.raised_at),
            "answered_at": moment(row.answered_at),
        }


def texts_of(actor: Actor, names: Directory) -> Iterator[dict[str, Any]]:
    """What he wrote, and what was written about a talk of his."""
    for page in Paginator(own_records(actor).order_by("created_at", "pk"), AT_ONCE):
        part = list(page)
        opened = open_texts(actor, [row.pk for row in part], "own data")
        yield from (said(row, opened[row.pk], names) for row in part if row.pk in opened)


def said(row: RecordRow, text: str, names: Directory) -> dict[str, Any]:
    written = from_text(text)
    return {
        "about": row.about_kind,
        "id": str(row.about_id),
        "kind": row.kind,
        "author": names.name(row.author_id),
        "written_at": moment(row.created_at),
        "text": written.text,
        "answers": {one.zh: one.text for one in written.answers},
        "nothing_raised": written.nothing_raised,
    }
