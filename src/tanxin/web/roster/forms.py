from datetime import date

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tanxin.web.named_form import NamedForm

MOST_MB = settings.FILE_UPLOAD_MAX_MEMORY_SIZE // 2**20


class UploadForm(NamedForm):
    file = forms.FileField(
        label=_("Roster"),
        allow_empty_file=True,
        help_text=_("Excel (.xlsx), CSV, .lrmx or .lrm; several files packed as .zip."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.lrmx,.lrm,.zip"}),
    )
    on = forms.DateField(
        label=_("Correct as of"),
        help_text=_("Changes without a date of their own take effect on this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    complete = forms.BooleanField(
        label=_("The file is complete"),
        help_text=_("Whoever is not in it has left; what is not in its sheets has ended."),
        required=False,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Split it, or use the command."),
                params={"most": MOST_MB},
            )
        return file


class AcceptForm(NamedForm):
    """What was looked at goes along: the day, the completeness, the answers, the digest."""

    on = forms.DateField(widget=forms.HiddenInput)
    complete = forms.BooleanField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    accept_good = forms.BooleanField(
        label=_("Take in the good rows and leave the others out"), required=False
    )

    @property
    def day(self) -> date:
        day: date = self.cleaned_data["on"]
        return day
