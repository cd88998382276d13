"""What shows that something was done: downloads whose name tells nothing, each noted before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.archive.attachments import FileDamaged, open_file
from tanxin.apps.issues.access import IssueNotFound
from tanxin.apps.issues.course import issue_seen
from tanxin.core.access import Permission
from tanxin.web.attached import download_of
from tanxin.web.requests import ActorRequest, go_to


@require_safe
def proof(request: ActorRequest, issue_id: UUID, file_id: UUID) -> HttpResponseBase:
    issue = issue_seen(request.actor, issue_id)
    if file_id not in issue.files:
        raise IssueNotFound(file_id)
    try:
        opened = open_file(request.actor, file_id, Permission.ISSUE_VIEW)
    except FileDamaged:
        messages.error(
            request, _("The file is damaged. Tell who runs the machine: it is in the backup.")
        )
        return go_to(request, "issues:issue", issue_id)
    return download_of(opened, f"proof-{timezone.localdate():%Y%m%d}-{file_id.hex[:6]}")
