from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from tanxin.apps.accounts.calendar_address import AddressOwner, owner_of
from tanxin.apps.org.actors import actor_of
from tanxin.apps.talks.access import TalkNotFound, own_talks
from tanxin.apps.talks.dates import dated, dates_of
from tanxin.core.access import Actor
from tanxin.web.calendar.ics import KIND, calendar_of
from tanxin.web.downloads import download
from tanxin.web.open_to_all import open_to_all
from tanxin.web.requests import ActorRequest

NAME = "tanxin.ics"


@open_to_all
@require_safe
def whole(request: HttpRequest, secret: str) -> HttpResponse:
    """What stands behind a secret address; for who has left it is as good as none."""
    owner = owner_of(secret)
    actor = owner and present(owner)
    if not (owner and actor):
        return HttpResponse(status=404)
    body = calendar_of(dates_of(actor, now=timezone.now()), owner.address_id)
    tag = quote_etag(sha256(body).hexdigest())
    answer = get_conditional_response(request, etag=tag)
    if isinstance(answer, HttpResponseNotModified):
        return answer
    response = download(body, NAME, KIND)
    response.headers["ETag"] = tag
    return response


def present(owner: AddressOwner) -> Actor | None:
    """Nobody where he has left by today."""
    return actor_of(owner.account_id, on=timezone.localdate(), realm_id=owner.realm_id)


@require_safe
def one(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """The file to put one talk into a calendar by hand."""
    talk = own_talks(request.actor).filter(pk=talk_id).first()
    if talk is None or request.actor.person_id is None:
        raise TalkNotFound(talk_id)
    return download(calendar_of(dated([talk]), request.actor.person_id), NAME, KIND)
