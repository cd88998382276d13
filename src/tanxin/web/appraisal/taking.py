"""The table of a year for the yearly assessment of Party work, as Excel or Word."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import year_for
from tanxin.core.access import Permission
from tanxin.web.appraisal.table import table_of, word_of_table, workbook_of
from tanxin.web.directory import directory_of
from tanxin.web.downloads import download
from tanxin.web.named_form import NamedForm
from tanxin.web.papers import word
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TakeForm(NamedForm):
    form = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=[("xlsx", "Excel"), ("docx", "Word")],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    reason = forms.CharField(
        label=gettext_lazy("What for"),
        help_text=gettext_lazy("It is kept with your name and the time."),
        max_length=500,
        validators=[readable],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: ActorRequest, of_year: int) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    taken = year_for(actor, of_year, Permission.RESULT_TAKE, on=today)
    form = TakeForm(request.POST or None)
    if not (form.is_bound and form.is_valid()):
        shown = {"year": taken, "form": form}
        return render(request, "appraisal/take.html", shown, status=422 if form.errors else 200)
    ending = form.cleaned_data["form"]
    services.take_away(
        actor, of_year, form=ending, reason=form.cleaned_data["reason"], on=today, at=timezone.now()
    )
    table = table_of(actor, taken, directory_of(request), today)
    name = f"{table.title}.{ending}"
    if ending == "docx":
        return download(word_of_table(table), name, word.KIND)
    return download(workbook_of(table), name, XLSX)
