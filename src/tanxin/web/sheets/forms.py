from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tanxin.core.policy import Conduct
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.attached import FilesField
from tanxin.web.issues.people import PersonField
from tanxin.web.named_form import NamedForm
from tanxin.web.sheets.words import BECAUSE, HOW, VERDICTS
from tanxin.web.talks.forms import words
from tanxin.web.talks.record_form import RecordForm

FILES_HELP = _("PDF or photographs of every page. Where a picture was taken is removed from it.")


class AssistantForm(ChoosingForm):
    person = PersonField(
        label=_("Who types the sheet"),
        help_text=_("Reads what stands on the sheet, for this talk only. The subject sees who."),
    )


class WitnessForm(ChoosingForm):
    person = PersonField(
        label=_("Who reads it to him"),
        help_text=_(
            "Not you, nor anybody who works for you. He reads it out and enters what is said to it."
        ),
    )


class WordForm(NamedForm):
    """``reads``: whoever could read it out; any other brings a paper."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How did he say it"), choices=list(HOW.items()), widget=forms.RadioSelect
    )
    verdict = forms.ChoiceField(
        label=_("What did he say"), choices=list(VERDICTS.items()), widget=forms.RadioSelect
    )
    remark = words(
        _("Remark"), required=False, help_text=_("In his words. The two of the talk read it.")
    )
    scan = FilesField(
        label=_("Scan of what he signed"),
        help_text=_("Only for paper. PDF or photographs."),
        required=False,
    )

    def __init__(self, *args: Any, reads: bool, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["how"]
        if not reads and isinstance(field, forms.ChoiceField):
            field.choices = [("paper", HOW["paper"])]
            field.initial = "paper"

    def seen(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["digest"])


class SheetForm(RecordForm):
    """The record as it stands on paper; a memo is nothing that another writes."""

    scan = FilesField(label=_("Scan of the signed sheet"), help_text=FILES_HELP)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        conduct: Conduct,
        ask_held: bool,
        ask_late: bool,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(
            data,
            conduct=conduct,
            ask_held=ask_held,
            ask_late=ask_late,
            first=False,
            initial=initial,
        )
        self.files = files or MultiValueDict()
        del self.fields["expected_version"]
        self.fields["unclassified"] = self.fields.pop("unclassified")
        self.fields["text"].label = _("What stands on the sheet")
        self.fields["text"].help_text = _("Word by word as far as you can read it.")


class EntryForm(NamedForm):
    """Which entry the page showed; nothing else is answered by it."""

    entry = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def entry_id(self) -> UUID:
        entry_id: UUID = self.cleaned_data["entry"]
        return entry_id


class ReturnForm(EntryForm):
    because = forms.ChoiceField(
        label=_("Why"), choices=list(BECAUSE.items()), widget=forms.RadioSelect
    )
