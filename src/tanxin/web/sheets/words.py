from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.uploads.kinds import Kind

BECAUSE: dict[str, Promise] = {
    "differs": _("What was typed differs from the sheet"),
    "unreadable": _("The scan cannot be read"),
    "other_talk": _("The sheet is of another talk"),
}
MEDIA: dict[str, Promise] = {
    Kind.PDF: _("PDF"),
    Kind.JPEG: _("picture"),
    Kind.PNG: _("picture"),
    Kind.TEXT: _("text"),
}
