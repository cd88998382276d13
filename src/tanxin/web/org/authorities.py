"""Who manages whose affairs, since when and by which paper; an organiser enters and ends it."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.duties.tasks import derive_whole
from tanxin.apps.org import authorities, selectors
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.authorities import AuthorityLine
from tanxin.apps.org.codes.ranks import rank_word, ranks
from tanxin.apps.org.intake.examine import VARIANTS
from tanxin.apps.org.selectors import UnitTree
from tanxin.apps.org.services import FactEndsBeforeStart, FactHasEnded, FactOverlaps
from tanxin.apps.realms.selectors import organisation_type
from tanxin.core.access import Permission, decide
from tanxin.web.day_field import day
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

MOST_UNITS = 600


class AuthorityForm(NamedForm):
    unit = forms.ChoiceField(label=gettext_lazy("Unit that manages"))
    over = forms.ChoiceField(
        label=gettext_lazy("Where it manages"),
        help_text=gettext_lazy("This unit and all under it."),
    )
    rank = forms.ChoiceField(label=gettext_lazy("Who is managed"), required=False)
    start = day(gettext_lazy("From"))
    source = forms.CharField(
        label=gettext_lazy("By which paper"), max_length=200, validators=[readable]
    )

    def offer(self, tree: UnitTree, variant: str) -> None:
        units = [("", "—"), *((str(node.id), node.name) for node in in_order(tree))]
        every = [("", _("Everybody"))]
        known = [(each.code, each.word(variant)) for each in ranks().values()]
        for name, choices in (("unit", units), ("over", units), ("rank", [*every, *known])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class EndForm(NamedForm):
    last = day(gettext_lazy("Last day it holds"))


def in_order(tree: UnitTree) -> list[selectors.UnitNode]:
    """From the top down."""
    return [each for root in tree.roots for each in tree.below(root.id)][:MOST_UNITS]


@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """All, or with ``?unit=`` and ``?person=`` what concerns one."""
    actor, today = request.actor, timezone.localdate()
    tree, names = selectors.unit_tree(actor.realm_id, today), directory_of(request)
    unit, person = asked(request, "unit"), asked(request, "person")
    if unit:
        lines = authorities.authorities_of_unit(actor, unit, tree)
    elif person:
        lines = authorities.authorities_over(actor, person, tree, on=today)
    else:
        lines = authorities.all_authorities(actor)
    chiefs = selectors.chiefs_of_units(actor.realm_id, {line.unit_id for line in lines}, today)
    variant = VARIANTS[organisation_type(actor.realm_id)]

    def row(line: AuthorityLine) -> dict[str, object]:
        return {
            "line": line,
            "unit": names.unit_name(line.unit_id),
            "chief": chiefs.get(line.unit_id),
            "over": names.unit_name(line.over_id),
            "rank": rank_word(line.rank, variant) if line.rank else _("Everybody"),
        }

    shown = {
        "now": list(map(row, (line for line in lines if line.holds_on(today)))),
        "others": list(map(row, (line for line in lines if not line.holds_on(today)))),
        "about": names.unit_name(unit) if unit else names.name(person) if person else "",
        "may_edit": decide(Permission.ORG_EDIT, actor.standing).allowed,
        "is_full": len(lines) == authorities.MOST,
    }
    return render(request, "org/authorities.html", shown)


def asked(request: ActorRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    may_record_facts(actor)
    form = AuthorityForm(request.POST or None, initial={"start": today})
    variant = VARIANTS[organisation_type(actor.realm_id)]
    form.offer(selectors.unit_tree(actor.realm_id, today), variant)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            authorities.record_authority(
                actor,
                unit_id=UUID(given["unit"]),
                over_id=UUID(given["over"]),
                rank=given["rank"],
                start=given["start"],
                source=given["source"],
                at=timezone.now(),
            )
        except FactOverlaps:
            form.add_error(None, _("The same is recorded already for some of these days."))
        else:
            derive_whole.enqueue(str(actor.realm_id), "management authority recorded")
            messages.success(request, _("Recorded. The talks it leads to follow in a moment."))
            return go_to(request, "org:authorities")
    return page(request, form, _("Record a management authority"), reverse("org:authority_new"))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActorRequest, authority_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    line = authorities.authority_line(actor, authority_id)
    may_record_facts(actor)
    form = EndForm(request.POST or None, initial={"last": today})
    if form.is_bound and form.is_valid():
        after = form.cleaned_data["last"] + timedelta(days=1)
        try:
            authorities.end_authority(actor, authority_id, end=after, at=timezone.now())
        except FactEndsBeforeStart:
            form.add_error("last", _("It began only after this day."))
        except FactHasEnded:
            form.add_error(None, _("Its last day is recorded already."))
        else:
            derive_whole.enqueue(str(actor.realm_id), "management authority ended")
            messages.success(request, _("Its last day is recorded. The talks follow in a moment."))
            return go_to(request, "org:authorities")
    names = directory_of(request)
    what = f"{names.unit_name(line.unit_id)} → {names.unit_name(line.over_id)}"
    action = reverse("org:authority_end", args=[authority_id])
    return page(request, form, _("End a management authority"), action, what)


def page(
    request: ActorRequest, form: forms.Form, title: str, action: str, what: str = ""
) -> HttpResponse:
    shown = {"form": form, "page_title": title, "action": action, "what": what}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "org/authority_form.html", shown, status=status)
