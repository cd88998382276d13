from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.notices.selectors import overdue_lines, overdue_to_note
from tanxin.apps.notices.services import note_overdue
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest

NEEDED: dict[str, Promise] = {
    "duty": gettext_lazy("hold the talk, or ask for an exemption with its reason"),
    "measure": gettext_lazy("report what was done, or say what stands in the way"),
}
OWED: dict[str, Promise] = {
    "duty": gettext_lazy("Talks"),
    "measure": gettext_lazy("Measures"),
}


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Whom the actor leads and who is late; neither with whom nor what about."""
    today = timezone.localdate()
    names = directory_of(request)
    lines = [
        {
            "who": names.label(line.owed_by),
            "what": OWED[line.what],
            "needed": NEEDED[line.what],
            "count": line.count,
            "due": line.due,
        }
        for line in overdue_lines(request.actor, today=today)
    ]
    to_note = bool(overdue_to_note(request.actor, today=today))
    shown = {"lines": lines, "to_note": to_note, "today": today}
    return render(request, "notices/overdue.html", shown)


@require_POST
def note(request: ActorRequest) -> HttpResponse:
    if note_overdue(request.actor, today=timezone.localdate(), at=timezone.now()):
        messages.success(request, _("Noted. It stays on this page until it is done."))
    return redirect("notices:overdue")
