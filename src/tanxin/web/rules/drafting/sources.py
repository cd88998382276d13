"""The source of a draft: seen, taken away, and replaced as a whole."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.duties.drafting import reading, writing
from tanxin.core.policy.read import MAX_CHARACTERS
from tanxin.web.downloads import download
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.drafting import stepping
from tanxin.web.rules.drafting.beginning import SourceField
from tanxin.web.rules.drafting.editing import may_edit
from tanxin.web.rules.drafting.posted import clean
from tanxin.web.rules.drafting.said import said


class SourceForm(NamedForm):
    text = forms.CharField(
        label=gettext_lazy("Source text"),
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "source"}),
    )
    file = SourceField(
        label=gettext_lazy("Or a file in its place"),
        required=False,
        help_text=gettext_lazy("YAML as plain text, in UTF-8 or GB18030."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = reading.draft_for(request.actor, draft_id)
    if request.method != "POST":
        return show(request, row, SourceForm(initial={"text": row.text}))
    may_edit(request, draft_id)
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid() or "base" not in request.POST:
        return show(request, row, form, text=request.POST.get("text", ""), status=422)
    text = form.cleaned_data["file"] or clean(form.cleaned_data["text"])
    try:
        base = stepping.base_of(request, row)
        after = writing.save_text(request.actor, draft_id, text, base=base, at=timezone.now())
    except (writing.DraftMoved, writing.DraftIsFrozen):
        row.refresh_from_db()
        return show(request, row, form, text=text, theirs=row.text, status=422)
    if after.number != base:
        stepping.offer_undo(request, after)
    return go_to(request, "rules:draft", draft_id)


def show(
    request: ActorRequest,
    row: reading.DraftRow,
    form: SourceForm,
    *,
    text: str = "",
    theirs: str = "",
    status: int = 200,
) -> HttpResponse:
    looked = reading.look(row.realm_id, text or row.text)
    shown = {
        "draft": row,
        "form": form,
        "wrong": [said(each) for each in looked.faults],
        "theirs": theirs,
        "can": reading.standing_of(request.actor, row, on=timezone.localdate()),
        "moved": _("Somebody else saved the draft meanwhile. What you typed is below, unsaved."),
    }
    return render(request, "rules/drafting/source.html", shown, status=status)


@require_safe
def take(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = reading.draft_for(request.actor, draft_id)
    return download(row.text.encode(), f"{row.pack or 'rules'}.yaml", "application/yaml")
