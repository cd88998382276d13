"""A report on a period: its figures with the lists behind them, and the organiser's words."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.org.access import UnitForbidden
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.reports import reporting
from tanxin.apps.reports.ledger import Scope
from tanxin.core.access import Actor, Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.duties.words import period
from tanxin.web.named_form import NamedForm
from tanxin.web.papers.paper import Paper, Passage, Table
from tanxin.web.papers.typesetting import ChineseFontMissing
from tanxin.web.plans.proposing import units_to_choose
from tanxin.web.reports import words
from tanxin.web.reports.figures import Shown, grouped, urls_of
from tanxin.web.reports.filing import FILES, filed
from tanxin.web.requests import ActorRequest, go_to

LONGEST = 4000
DIGITS = 9
SPANS = {"H1": (1, 1, 6, 30), "H2": (7, 1, 12, 31), "Y": (1, 1, 12, 31)}
MOMENT, DAY = "%Y年%-m月%-d日 %H:%M", "%Y年%-m月%-d日"
NUMBERS = ("一", "二", "三", "四", "五", "六")


class BeginForm(NamedForm):
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2200)
    span = forms.ChoiceField(
        label=gettext_lazy("Period"), choices=list(words.SPANS.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = units

    def days(self) -> tuple[date, date]:
        year, (month, day, to_month, to_day) = (
            self.cleaned_data["year"],
            SPANS[self.cleaned_data["span"]],
        )
        return date(year, month, day), date(year, to_month, to_day)


class WordsForm(NamedForm):
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for name, label in words.PASSAGES.items():
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if not decide(Permission.REPORT_WRITE, actor.standing).allowed:
        raise UnitForbidden(Permission.REPORT_WRITE)
    initial = {"year": today.year, "span": "Y" if today.month > 6 else "H1"}  # noqa: PLR2004 - the half of a year
    form = BeginForm(request.POST or None, initial=initial, units=units_to_choose(actor, today))
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return render(request, "reports/begin.html", {"form": form}, status=status)
    first, last = form.days()
    try:
        row = reporting.begin_report(
            actor, UUID(form.cleaned_data["unit"]), first=first, last=last, on=today,
            at=timezone.now(),
        )  # fmt: skip
    except reporting.ReportThere as there:
        messages.info(request, _("There is one of this period already."))
        return go_to(request, "reports:report", there.report_id)
    return go_to(request, "reports:report", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Look at it, or keep what was written."""
    actor, today = request.actor, timezone.localdate()
    row = reporting.report_for(actor, report_id, Permission.REPORT_VIEW, on=today)
    if request.method != "POST":
        return show(request, row, form_of(row))
    reporting.report_for(actor, report_id, Permission.REPORT_WRITE, on=today)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    said = {name: form.cleaned_data[name] for name in words.PASSAGES}
    try:
        reporting.write_report(
            actor, report_id, said, base=form.cleaned_data["base"], on=today, at=timezone.now()
        )
    except reporting.ReportMoved:
        return show(request, row, form, MOVED)
    messages.success(request, _("Kept."))
    return go_to(request, "reports:report", report_id)


MOVED = gettext_lazy("Somebody else has changed or finished it in the meantime. Look at it again.")


def form_of(row: reporting.ReportRow) -> WordsForm:
    return WordsForm(initial={**reporting.said_in(row), "base": row.version})


def show(
    request: ActorRequest, row: reporting.ReportRow, form: WordsForm, problem: object = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    scope = Scope(row.unit_id, frozenset(), None, row.first, row.last)
    found = reporting.figures_in(actor, row, on=today)
    writes = row.finished_at is None and reporting.may(actor, row, Permission.REPORT_WRITE, today)
    said = reporting.said_in(row)
    shown = {
        "row": row,
        "title": title_of(row),
        "groups": list(grouped(found, urls_of(actor, found, scope))),
        "rounded": any(not one.is_exact for one in found.values()),
        "form": form if writes else None,
        "said": [(label, said[name]) for name, label in words.PASSAGES.items() if said[name]],
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "reports/report.html", shown, status=422 if refused else 200)


def title_of(row: reporting.ReportRow) -> str:
    days = (row.first.month, row.first.day, row.last.month, row.last.day)
    span = next((f"-{name}" for name, each in SPANS.items() if each == days), "")
    return period(f"{row.first.year}{span.removesuffix('-Y')}")


@require_POST
def finish(request: ActorRequest, report_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row = reporting.report_for(actor, report_id, Permission.REPORT_WRITE, on=today)
    base = request.POST.get("base", "")
    known = base.isdecimal() and len(base) <= DIGITS
    try:
        reporting.finish_report(
            actor, report_id, base=int(base) if known else 0, on=today, at=timezone.now()
        )
    except reporting.ReportMoved:
        return show(request, row, form_of(row), MOVED)
    messages.success(request, _("Finished: its figures stay as they are."))
    return go_to(request, "reports:report", report_id)


@require_safe
def paper(request: ActorRequest, report_id: UUID, file: str) -> HttpResponse:
    if file not in FILES:
        raise Http404
    actor, now = request.actor, timezone.localtime(timezone.now())
    row = reporting.report_for(actor, report_id, Permission.REPORT_VIEW, on=now.date())
    with translation.override("zh-hans"):
        made = paper_of(actor, row, directory_of(request), on=now.date())
    try:
        answer = filed(made, file)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "reports:report", report_id)
    reporting.note_printed(actor, row, file=file, at=now)
    return answer


def paper_of(actor: Actor, row: reporting.ReportRow, names: Directory, *, on: date) -> Paper:
    now = timezone.localtime(timezone.now())
    said = reporting.said_in(row)
    found = reporting.figures_in(actor, row, on=on)
    tables = [(str(title), table_of(figures)) for title, figures in grouped(found, {})]
    parts = [
        Passage(str(words.PASSAGES["overview"]), said["overview"]),
        *(Passage(title, table=table) for title, table in tables),
        Passage(str(words.PASSAGES["problems"]), said["problems"]),
        Passage(str(words.PASSAGES["next"]), said["next"]),
    ]
    kept = [part for part in parts if part.text or part.table]
    draft = "" if row.finished_at else "本稿未定稿，数据为打印当日统计。"
    rounded = any(not one.is_exact for one in found.values())
    return Paper(
        title=f"{title_of(row)}谈心谈话工作报告",
        issuer=realm_name(actor.realm_id),
        grade="",
        opening=f"报告范围：{names.unit_name(row.unit_id)}及所属单位，{row.first:{DAY}}至{row.last:{DAY}}。",
        passages=tuple(
            Passage(f"{number}、{part.heading}", part.text, table=part.table)
            for number, part in zip(NUMBERS, kept, strict=False)
        ),
        dated=f"{timezone.localtime(row.finished_at or now):{DAY}}",
        foot=f"{names.name(actor.person_id)} {now:{MOMENT}} 打印",
        remark=draft + ("问题数每5件一档。" if rounded else ""),
    )


def table_of(figures: list[Shown]) -> Table:
    rows = tuple((one.label, one.number) for one in figures)
    return Table(("项目", "数量"), rows, (3, 1))
