"""The security administrator helps somebody who cannot get in: with a code, not a password."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tanxin.apps.accounts.keeper_login import set_keeper_password
from tanxin.apps.accounts.passwords import keep_code, new_code
from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.selectors.accounts import account_of_person
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Permission, RowForbidden, decide
from tanxin.web.directory import directory_of
from tanxin.web.login.confirming import fresh
from tanxin.web.login.reset import plain
from tanxin.web.requests import ActorRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def give(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The code is shown once, to be handed over by word of mouth; the owner is told at login."""
    actor = request.actor
    if not decide(Permission.ACCOUNT_RESET, actor.standing).allowed:
        raise RowForbidden
    account_id = account_of_person(actor.realm_id, person_id)
    page = {"person_id": person_id, "label": directory_of(request).label(person_id), "code": ""}
    if request.method == "POST":
        owner = actor_of(account_id, on=timezone.localdate(), realm_id=actor.realm_id)
        if owner is None:
            raise PersonNotFound(person_id)
        code = new_code()
        try:
            set_keeper_password(actor, owner, plain(code))
        except KeeperRefused:
            messages.error(request, _("The keeper does not know you as security administrator."))
            return render(request, "login/code.html", page, status=403)
        lost = request.POST.get("without_factors") == "1"
        keep_code(actor, account_id, code, without_factors=lost, at=timezone.now())
        page["code"] = code
    return render(request, "login/code.html", page)
