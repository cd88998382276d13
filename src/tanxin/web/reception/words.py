"""What reception hours are called on pages."""

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanxin.apps.talks.receiving.days import ReceptionRow

WEEKS: dict[str, Promise] = {
    "every": gettext_lazy("every week"),
    "odd": gettext_lazy("odd weeks"),
    "even": gettext_lazy("even weeks"),
    "first": gettext_lazy("the first one of each month"),
}
RHYTHMS: dict[str, Promise] = {
    "every": gettext_lazy("Every %(day)s"),
    "odd": gettext_lazy("%(day)s of odd weeks"),
    "even": gettext_lazy("%(day)s of even weeks"),
    "first": gettext_lazy("First %(day)s of each month"),
}


def rhythm(row: ReceptionRow) -> str:
    day = RHYTHMS[row.weeks] % {"day": WEEKDAYS[row.weekday]}
    return _("%(day)s, %(begins)s–%(ends)s") % {
        "day": day,
        "begins": row.begins.strftime("%H:%M"),
        "ends": row.ends.strftime("%H:%M"),
    }
