"""The form of a record: the fields its kind brings along, and the words both remember.

No field has a least length, and none must be filled in unless the rule says so.
"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import FormField
from tanxin.core.written import Written
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.rules.wording import title_of
from tanxin.web.talks.forms import held, limit, not_later_than_now, once, words

SHORT = 2_000
ANSWER = "answer_"


class RecordForm(NamedForm):
    """``ask_held`` and ``ask_late`` show the fields that only some records need."""

    unclassified = forms.BooleanField(label=_("What I write here holds no state secret."))
    form = once()
    expected_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    held_at = held(required=False)
    text = words(
        _("Shared record"),
        rows=5,
        required=False,
        help_text=_("The two of you read it. A sentence is enough, also when nothing was raised."),
    )
    nothing_raised = forms.BooleanField(label=_("No problem was raised."), required=False)
    memo = words(
        _("My memo"),
        required=False,
        help_text=_("For your own memory: nobody else can open it. That there is one is visible."),
    )
    late_reason = words(
        _("Why the record comes late"),
        required=False,
        rows=2,
        help_text=_(
            "The record is marked as entered late, for good. The two of you read the reason."
        ),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        conduct: Conduct,
        ask_held: bool,
        ask_late: bool,
        first: bool,
        initial: dict[str, object] | None = None,
    ) -> None:
        for_fields = {ANSWER + one.id: answer_field(one) for one in conduct.fields}
        super().__init__(data, initial=initial)
        self.answered = {one.id: ANSWER + one.id for one in conduct.fields}
        self.fields["held_at"].required = ask_held
        limit(self.fields["held_at"], timezone.now())
        left_out = {"held_at": not ask_held, "memo": not first, "late_reason": not ask_late}
        for name, out in left_out.items():
            if out:
                del self.fields[name]
        self.fields.update(for_fields)
        leading = ["form", "expected_version", "held_at", *for_fields]
        others = [name for name in self.fields if name not in {*leading, "unclassified"}]
        self.order_fields([*leading, *others, "unclassified"])

    def clean_held_at(self) -> Any:  # noqa: ANN401 - a moment or none
        held_at = self.cleaned_data["held_at"]
        return not_later_than_now(held_at) if held_at else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = Written(data.get("text", ""), nothing_raised=bool(data.get("nothing_raised")))
        filled = any(data.get(name) for name in self.answered.values())
        if said.is_empty and not filled and not self.errors:
            self.add_error("text", _("Nothing can be read in it. A few words are enough."))
        return data

    @property
    def one_is_enough(self) -> bool:
        return not any(self.fields[name].required for name in self.answered.values())

    @property
    def answers(self) -> dict[str, str]:
        return {field: self.cleaned_data[name] for field, name in self.answered.items()}


def answer_field(one: FormField) -> forms.Field:
    title = title_of(one.title)
    if one.choices:
        choices = [(each.zh, title_of(each)) for each in one.choices]
        optional = [] if one.needed else [("", "—")]
        field: forms.Field = forms.ChoiceField(
            label=title, choices=[*optional, *choices], required=one.needed
        )
    else:
        field = forms.CharField(
            label=title,
            max_length=SHORT,
            required=one.needed,
            widget=forms.Textarea(attrs={"rows": 2}),
            validators=[readable] if one.needed else [],
        )
    if one.needed:
        said = _("Please fill in: %(label)s") % {"label": title}
        field.error_messages["required"] = said
    return field


def initial_of(conduct: Conduct, written: Written) -> dict[str, object]:
    """What stands already; what a field that is no more was answered comes along in the words."""
    known = {one.id for one in conduct.fields}
    rest = [f"{one.zh}：{one.text}" for one in written.answers if one.field not in known]
    return {
        **{ANSWER + one.field: one.text for one in written.answers if one.field in known},
        "text": "\n".join([*rest, written.text] if rest else [written.text]),
        "nothing_raised": written.nothing_raised,
    }
