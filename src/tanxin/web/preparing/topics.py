"""What somebody wants to talk about, written before the talk that another leads."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.archive.services import VersionMoved, open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beforehand import is_to_come
from tanxin.apps.talks.selectors import TalkRow, topics_of
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.openings import openings
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.forms import words


class TopicsForm(NamedForm):
    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = words(
        gettext_lazy("What I want to talk about"),
        rows=6,
        help_text=gettext_lazy("Sealed: only the two of the talk read it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.TOPIC_WRITE)
    form = TopicsForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            services.write_topics(request.actor, talk_id, at=timezone.now(), **form.cleaned_data)
        except VersionMoved as moved:
            form = again(request.POST.copy(), moved.latest)
        except IllegalMove:
            form.add_error(None, _("The talk is over; what it was about stands in its record."))
        else:
            messages.success(request, _("Kept. Whoever leads the talk reads it on his sheet."))
            return go_to(request, "talks:talk", talk_id)
    return show(request, talk, form)


def again(data: QueryDict, latest: int) -> TopicsForm:
    """Another window was faster: what stands now is above, what was typed is still here."""
    data["expected_version"] = str(latest)
    form = TopicsForm(data)
    form.add_error("text", _("You saved it in another window meanwhile. Look at both, then save."))
    return form


def show(request: ActorRequest, talk: TalkRow, form: TopicsForm | None) -> HttpResponse:
    actor, names = request.actor, directory_of(request)
    known = topics_of(talk)
    text = open_texts(actor, [known.pk], "subject")[known.pk] if known else ""
    first = {"expected_version": known.latest if known else 0, "text": text}
    shown = {
        "talk": talk,
        "leader": names.label(talk.initiator_id),
        "text": text,
        "may_write": is_to_come(talk),
        "form": form or TopicsForm(initial=first),
        **(openings(actor, [known.pk], names) if known else {}),
    }
    return render(request, "preparing/topics.html", shown, status=422 if form else 200)
