"""What an auditor looks for: an event, a person, a day."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tanxin.apps.audit.access import visible_entries
from tanxin.apps.audit.events import EVENTS
from tanxin.apps.audit.selectors import EntryRow
from tanxin.apps.org.selectors.numbers import person_by_number
from tanxin.core.access import Actor
from tanxin.web.audit.words import area_name
from tanxin.web.named_form import NamedForm

# The ends of time have no moment before or after them in another zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)


class FilterForm(NamedForm):
    """Every field may be left out; what cannot be read counts as left out."""

    event = forms.ChoiceField(required=False, label=_("Event"))
    number = forms.CharField(required=False, max_length=40, label=_("Staff number"))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        required=False,
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        field = self.fields["event"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all events")), *by_area()]

    def asked(self) -> dict[str, object]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def by_area() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every event in words, under the name of its area; the area as a whole comes first."""
    areas: dict[str, list[tuple[str, str]]] = {}
    for event, meaning in EVENTS.items():
        area = event.partition(".")[0]
        whole = (f"{area}.", gettext("%(area)s: all events") % {"area": area_name(area)})
        areas.setdefault(area, [whole]).append((event, gettext(meaning)))
    return [(area_name(area), choices) for area, choices in areas.items()]


def filtered(actor: Actor, asked: dict[str, object]) -> QuerySet[EntryRow]:
    """The entries that fit, for whom may see them."""
    rows = visible_entries(actor)
    event = asked.get("event")
    if isinstance(event, str):
        rows = (
            rows.filter(event__startswith=event)
            if event.endswith(".")
            else rows.filter(event=event)
        )
    if (person := whom(actor, asked)) is not None:
        rows = rows.filter(person=person)
    if (day := asked.get("day")) is not None:
        begin = timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type] # a date of the form
        rows = rows.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    return rows


NOBODY = UUID(int=0)


def whom(actor: Actor, asked: dict[str, object]) -> UUID | None:
    """The person asked for; nobody's id for a staff number that nobody has."""
    person = asked.get("person")
    if isinstance(person, UUID):
        return person
    number = asked.get("number")
    if isinstance(number, str):
        return person_by_number(actor.realm_id, number) or NOBODY
    return None
