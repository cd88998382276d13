"""What an issue is about, how weighty, whose task it is: said when it is raised, or later."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.services.sorting import Sorting, sort_issue
from tanxin.apps.org.selectors import unit_tree
from tanxin.core.access import Actor, Permission
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.web.issues import words
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.refusals import UNPROCESSABLE, attempt
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

INDENT = "\N{IDEOGRAPHIC SPACE}"
Choices = list[tuple[str, "str | _StrPromise"]]


class SortingFields(NamedForm):
    """What every form has in which an issue is sorted; ``offer`` fills the lists."""

    kind = forms.ChoiceField(label=_("What it is about"))
    weight = forms.ChoiceField(
        label=_("Weight"),
        choices=list(words.WEIGHTS.items()),
        widget=forms.RadioSelect,
        initial=Weight.GENERAL.value,
        required=False,
    )
    reach = forms.ChoiceField(
        label=_("Whose matter it is"),
        choices=list(words.REACHES.items()),
        widget=forms.RadioSelect,
        initial=Reach.PERSONAL.value,
        required=False,
    )
    unit = forms.TypedChoiceField(
        label=_("Unit that answers for it"),
        help_text=_("Without one it is the unit of whoever solves it."),
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-select": ""}),
    )

    def offer(self, kinds: Choices, units: Choices) -> None:
        for name, choices in (("kind", kinds), ("unit", [("", _("As the owner's")), *units])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    @property
    def sorting(self) -> Sorting:
        return Sorting(
            weight=Weight(self.cleaned_data["weight"] or Weight.GENERAL),
            reach=Reach(self.cleaned_data["reach"] or Reach.PERSONAL),
            unit=self.cleaned_data["unit"],
        )


class SortForm(SortingFields):
    seen = forms.IntegerField(widget=forms.HiddenInput)


def units_to_choose(actor: Actor) -> Choices:
    """All units of today, the upper before the lower."""
    tree = unit_tree(actor.realm_id, timezone.localdate())
    return [
        (str(node.id), f"{INDENT * len(list(tree.above(node.id)))}{node.name}")
        for root in tree.roots
        for node in tree.below(root.id)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    """For the leader alone, at any time: that a matter turned out to be another one is no step."""
    issue = issue_for(request.actor, issue_id, Permission.ISSUE_SORT)
    names = KindNames(request.actor.realm_id)
    known = {
        "kind": issue.kind,
        "weight": issue.weight,
        "reach": issue.reach,
        "unit": issue.unit_id if issue.is_unit_named else "",
        "seen": issue.steps,
    }
    form = SortForm(request.POST or None, initial=known)
    form.offer(list(names.choices(beside=issue.kind)), units_to_choose(request.actor))
    status = 200

    def step() -> None:
        sort_issue(
            request.actor,
            issue_id,
            kind=form.cleaned_data["kind"],
            sorting=form.sorting,
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    if request.method == "POST":
        status = attempt(form, step) if form.is_valid() else UNPROCESSABLE
        if not status:
            messages.success(request, gettext("Saved. It is noted in the log that you changed it."))
            return go_to(request, "issues:issue", issue_id)
    page = {"form": form, "issue": issue, "kind": names[issue.kind]}
    return render(request, "issues/sort.html", page, status=status)
