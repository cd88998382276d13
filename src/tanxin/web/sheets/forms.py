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
from tanxin.web.sheets.words import BECAUSE
from tanxin.web.talks.record_form import RecordForm

FILES_HELP = _("PDF or photographs of every page. Where a picture was taken is removed from it.")


class AssistantForm(ChoosingForm):
    person = PersonField(
        label=_("Who types the sheet"),
        help_text=_("Reads what stands on the sheet, for this talk only. The subject sees who."),
    )


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
