"""Writing the summary of a talk with several, which all who were there read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.archive.services import Typed, VersionMoved, load_draft, open_texts
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks import services
from tanxin.apps.talks.access import group_for, talks_led_in
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import GroupRow, shared_record, were_there
from tanxin.apps.talks.refusals import LateEntryNeedsReason, TextMissing
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.services.recording import DRAFT, comes_late
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.policy.manner import Part
from tanxin.core.written import Written, from_text
from tanxin.web.drafting import keep_typed, keeper_away
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words
from tanxin.web.talks.kinds import kind_name
from tanxin.web.talks.reading import answers_of
from tanxin.web.talks.record_form import ANSWER, RecordForm, initial_of
from tanxin.web.talks.signing import SIGNED, wanted_of

KEPT = ("text", "nothing_raised", "late_reason", "expected_version")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, group_id: UUID) -> HttpResponseBase:
    group = group_for(request.actor, group_id, Permission.RECORD_WRITE)
    talks = were_there(talks_led_in(request.actor, group))
    if not talks:
        messages.warning(request, _("First say that it was held, and who was there."))
        return go_to(request, "talks:group", group_id)
    if request.method != "POST":
        return blank(request, group, talks[0])
    return SIGNED[wanted_of(talks[0], Part.INITIATOR)](save)(request, talks[0])


def blank(request: ActorRequest, group: GroupRow, talk: TalkRow) -> HttpResponse:
    standing, latest = current(request, group.pk)
    typed = load_draft(request.actor, DRAFT, group.pk)
    initial = initial_of(conduct_of(talk), standing) | {"expected_version": latest}
    problem = ""
    if typed is not None:
        kept = kept_of(talk)
        initial |= {name: typed.fields.get(name, "") for name in kept if name in typed.fields}
        initial["nothing_raised"] = "nothing_raised" in typed.fields
        if initial["expected_version"] != str(latest):
            problem = _("The record was changed after you typed this. Both texts are shown.")
        initial["expected_version"] = latest
    form = form_for(talk, initial=initial)
    beside = standing if problem else None
    return show_form(request, talk, form, typed=typed, standing=beside, problem=problem)


def kept_of(talk: TalkRow) -> tuple[str, ...]:
    return (*KEPT, *(ANSWER + one.id for one in conduct_of(talk).fields))


def current(request: ActorRequest, group_id: UUID) -> tuple[Written, int]:
    record = shared_record(request.actor.realm_id, group_id)
    if record is None:
        return Written(), 0
    texts = open_texts(request.actor, [record.pk], "initiator")
    return from_text(texts[record.pk]), record.latest


def form_for(
    talk: TalkRow,
    data: QueryDict | None = None,
    *,
    ask_late: bool = False,
    initial: dict[str, object] | None = None,
) -> RecordForm:
    late = ask_late or comes_late(talk, talk.held_at, timezone.now())
    conduct = conduct_of(talk)
    form = RecordForm(
        data, conduct=conduct, ask_held=False, ask_late=late, first=False, initial=initial
    )
    form.fields["text"].help_text = _(
        "All who were there read it; what only one said does not belong here."
    )
    return form


def save(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = form_for(talk, request.POST, ask_late="late_reason" in request.POST)
    if talk.group_id is None or not form.is_valid():
        return show_form(request, talk, form, status=422)
    try:
        services.write_summary(
            request.actor,
            talk.group_id,
            text=form.cleaned_data["text"],
            answers=form.answers,
            nothing_raised=form.cleaned_data["nothing_raised"],
            means=wanted_of(talk, Part.INITIATOR),
            late_reason=form.cleaned_data.get("late_reason", ""),
            expected_version=form.cleaned_data["expected_version"],
            form=form.cleaned_data["form"],
            at=timezone.now(),
        )
    except VersionMoved:
        return both_texts(request, talk, talk.group_id)
    except LateEntryNeedsReason:
        form = form_for(talk, request.POST, ask_late=True)
        form.add_error(
            "late_reason", _("The talk was some days ago. Say why the record comes now.")
        )
        return show_form(request, talk, form, status=422)
    except (KeeperUnavailable, KeeperRefused):
        return show_form(request, talk, form, status=503, problem=keeper_away())
    except (IllegalMove, TextMissing):
        problem = _("The talk has changed in the meantime; your text was not saved.")
        return show_form(request, talk, form, status=422, problem=problem)
    messages.success(request, _("Saved. Each of them is asked to read and confirm it."))
    return go_to(request, "talks:group", talk.group_id)


def both_texts(request: ActorRequest, talk: TalkRow, group_id: UUID) -> HttpResponse:
    """Another window was faster: both texts, to be put together by hand."""
    standing, latest = current(request, group_id)
    data = request.POST.copy()
    data["expected_version"] = str(latest)
    problem = _("Another version was saved since you began. Put the two together, then save.")
    form = form_for(talk, data)
    return show_form(request, talk, form, status=422, standing=standing, problem=problem)


def show_form(
    request: ActorRequest,
    talk: TalkRow,
    form: RecordForm,
    *,
    status: int = 200,
    typed: Typed | None = None,
    standing: Written | None = None,
    problem: str = "",
) -> HttpResponse:
    shown = {
        "group_id": talk.group_id,
        "talk": talk,
        "form": form,
        "kind": kind_name(talk),
        "grade": words.GRADES[conduct_of(talk).grade],
        "guides": words.GUIDES.get(talk.kind, []),
        "typed": typed,
        "standing": standing,
        "answers": answers_of(standing) if standing else [],
        "problem": problem,
    }
    return render(request, "talks/group_write.html", shown, status=status)


@require_POST
def draft(request: ActorRequest, group_id: UUID) -> HttpResponse:
    group = group_for(request.actor, group_id, Permission.RECORD_WRITE)
    led = talks_led_in(request.actor, group)
    return keep_typed(request, DRAFT, group_id, kept_of(led[0]), page="talks:group_write")
