from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tanxin.apps.accounts.keeper_login import set_keeper_password
from tanxin.apps.accounts.passwords import change_password
from tanxin.web.login.confirming import fresh
from tanxin.web.login.entering import MUST
from tanxin.web.prefs.forms import NewPasswordForm
from tanxin.web.prefs.security import cookie_of, own_account
from tanxin.web.requests import ActorRequest, go_to


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def password(request: ActorRequest) -> HttpResponse:
    account = own_account(request)
    sent = request.POST if "new_password" in request.POST else None
    form = NewPasswordForm(sent, whose=account.handle)
    if not form.is_valid():
        page = {"form": form, "must": MUST in request.session}
        return render(request, "prefs/password.html", page, status=422 if sent else 200)
    chosen = form.cleaned_data["new_password"]
    set_keeper_password(request.actor, request.actor, chosen)
    change_password(request.actor, chosen, cookie=cookie_of(request), at=timezone.now())
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    request.session.pop(MUST, None)
    messages.success(request, _("The password was changed. All other logins were ended."))
    return go_to(request, "prefs:security")
