from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tanxin.core.wording import is_blank


def readable(text: str) -> None:
    """For fields where words are the point: signs that nobody can see are none."""
    if is_blank(text):
        raise ValidationError(_("Nothing can be read in it. A few words are enough."))
