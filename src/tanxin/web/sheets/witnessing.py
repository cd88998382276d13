"""The word of a subject without an account: who reads the record to him, and what he said to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.archive.attachments import NoRoomForFiles, TooManyFiles
from tanxin.apps.archive.services import VersionMoved, open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import in_force, standing_of
from tanxin.apps.talks.refusals import ScanMissing, SignatureMissing, WitnessNotFree
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.witnesses import (
    has_his_word_passed_on,
    talk_to_answer_for,
    witness_of,
)
from tanxin.core.access import Actor, Permission, Relation
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.written import Written, from_text
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.sheets.forms import WitnessForm, WordForm
from tanxin.web.talks import words
from tanxin.web.talks.reading import answers_of
from tanxin.web.talks.showing import people_of

WHY: dict[type[Exception], tuple[str | None, Promise]] = {
    ScanMissing: ("scan", words.SCAN_MISSING),
    SignatureMissing: ("how", words.OWN_HAND),
    WitnessNotFree: ("how", words.ONLY_WITNESS),
    NoRoomForFiles: ("scan", words.NO_ROOM),
    TooManyFiles: ("scan", words.TOO_MANY_FILES),
}
REFUSALS: tuple[type[Exception], ...] = (VersionMoved, IllegalMove, *WHY)


@require_http_methods(["GET", "HEAD", "POST"])
def witness(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """The initiator lets a third person read the record to its subject."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    if not has_his_word_passed_on(talk):
        messages.warning(request, _("Nothing is to be read back: he answers himself, or has."))
        return go_to(request, "talks:talk", talk_id)
    form = WitnessForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            services.name_witness(
                request.actor, talk_id, form.cleaned_data["person"], at=timezone.now()
            )
        except WitnessNotFree:
            form.add_error(
                "person",
                _(
                    "It must be a third person who does not work for you: an organiser, a"
                    " supervisor, or somebody outside your line, with an account."
                ),
            )
        except IllegalMove:
            form.add_error(None, _("Meanwhile something changed. Please look at it once more."))
        else:
            messages.success(request, _("Asked. For fourteen days this person can open it."))
            return go_to(request, "talks:talk", talk_id)
    refused = form.is_bound and not form.is_looking
    named = witness_of(talk)
    shown = {
        "talk": talk,
        "form": form,
        "title": people_of(request.actor, talk, directory_of(request)),
        "named": named.person_id if named else None,
    }
    return render(request, "sheets/witness.html", shown, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def word(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """What he said to it: for the witness with the record, for an organiser by its number alone."""
    talk, stands_as = talk_to_answer_for(request.actor, talk_id, on=timezone.localdate())
    standing = standing_of(talk)
    if standing is None or not has_his_word_passed_on(talk):
        messages.warning(request, _("Nothing is to be read back: he answers himself, or has."))
        return go_to(request, "home:home")
    reads = stands_as is Relation.WITNESS
    if request.method == "POST":
        form = WordForm(request.POST, request.FILES, reads=reads)
        if form.is_valid() and said(request, talk, form):
            return go_to(request, "home:home")
    else:
        form = WordForm(initial={"digest": standing.digest.hex()}, reads=reads)
    shown = {
        "talk": talk,
        "form": form,
        "title": people_of(request.actor, talk, directory_of(request)),
        "version": standing.version,
        "written_at": standing.written_at,
        "short_digest": standing.digest.hex()[:16],
        "grade": words.GRADES[conduct_of(talk).grade],
        "texts": texts_of(request.actor, talk) if reads else [],
    }
    return render(request, "sheets/word.html", shown, status=422 if form.is_bound else 200)


def texts_of(actor: Actor, talk: TalkRow) -> list[tuple[Written, list[tuple[str, str]]]]:
    standing = in_force(talk)
    found = [one.record_id for one in (standing.summary, standing.part) if one is not None]
    opened = open_texts(actor, found, "witness")
    texts = [from_text(opened[one]) for one in found]
    return [(written, answers_of(written)) for written in texts]


def said(request: ActorRequest, talk: TalkRow, form: WordForm) -> bool:
    try:
        services.say_for_another(
            request.actor,
            talk.pk,
            form.cleaned_data["verdict"],
            how=form.cleaned_data["how"],
            digest=form.seen(),
            remark=form.cleaned_data["remark"],
            files=form.cleaned_data["scan"],
            at=timezone.now(),
        )
    except REFUSALS as refused:
        field, why = WHY.get(type(refused), (None, words.CHANGED_MEANWHILE))
        form.add_error(field, str(why))
        return False
    how = words.proxy_of(form.cleaned_data["verdict"], form.cleaned_data["how"])
    text = _("Entered: %(how)s. It is marked so wherever the record is quoted.") % {"how": how}
    messages.success(request, text)
    return True
