from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.uploads.kinds import Kind

BECAUSE: dict[str, Promise] = {
    "differs": _("What was typed differs from the sheet"),
    "unreadable": _("The scan cannot be read"),
    "other_talk": _("The sheet is of another talk"),
}
HOW: dict[str, Promise] = {
    "paper": _("On paper: he has signed the printed record"),
    "in_person": _("I read it to him, face to face"),
    "phone": _("I read it to him by phone"),
}
VERDICTS: dict[str, Promise] = {
    "confirmed": _("He says: this is right"),
    "not_right": _("He says: this is not right"),
    "did_not_happen": _("He says: this talk did not happen"),
}
MEDIA: dict[str, Promise] = {
    Kind.PDF: _("PDF"),
    Kind.JPEG: _("picture"),
    Kind.PNG: _("picture"),
    Kind.TEXT: _("text"),
    Kind.DOCX: _("Word"),
    Kind.XLSX: _("Excel"),
}
