"""How a record is signed where the type of its talk demands it: each way wraps the view that saves.

Showing again who one is will always do. Where the type wants the subject's hand, he may write on
the screen instead; who has neither pen nor script is asked who he is. A certificate would be
another entry of ``SIGNED``, under the code that is kept with the signature.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from django.http import HttpResponseBase

from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.policy.manner import Part, Signing
from tanxin.core.uploads import Admitted, FileRefused, admit
from tanxin.core.uploads.kinds import Kind
from tanxin.web.login.confirming import fresh
from tanxin.web.requests import ActorRequest

Saving: TypeAlias = Callable[[ActorRequest, TalkRow], HttpResponseBase]
RELOGIN, HANDWRITING = "relogin", "handwriting"
DRAWING, AS_PNG = "drawing", "data:image/png;base64,"
LARGEST = 512 * 1024


def by_login(save: Saving) -> Saving:
    """Asked each time, however short ago he logged in: a signature is an act of its own."""
    return fresh(save, within=timedelta(0))


def by_hand(save: Saving) -> Saving:
    """With a drawing it is signed; without one he shows who he is."""

    def signed(request: ActorRequest, talk: TalkRow) -> HttpResponseBase:
        return save(request, talk) if drawing_in(request) else by_login(save)(request, talk)

    return signed


def unsigned(save: Saving) -> Saving:
    return save


SIGNED: Mapping[str, Callable[[Saving], Saving]] = {
    "": unsigned,
    RELOGIN: by_login,
    HANDWRITING: by_hand,
}


def wanted_of(talk: TalkRow, part: Part) -> str:
    """The way in which ``part`` has to sign; empty where nothing demands it."""
    conduct = conduct_of(talk)
    if part not in conduct.signature:
        return ""
    draws = part is Part.SUBJECT and conduct.signing is Signing.HANDWRITING
    return HANDWRITING if draws else RELOGIN


def means_in(request: ActorRequest, wanted: str) -> str:
    """How it was signed, once ``SIGNED`` has let it through."""
    return RELOGIN if wanted == HANDWRITING and drawing_in(request) is None else wanted


def drawing_in(request: ActorRequest) -> Admitted | None:
    """What was written on the screen; nothing for what is no small picture."""
    sent = request.POST.get(DRAWING, "")
    if not sent.startswith(AS_PNG) or len(sent) > LARGEST:
        return None
    try:
        drawn = admit("signature.png", b64decode(sent.removeprefix(AS_PNG), validate=True))
    except (FileRefused, NotBase64):
        return None
    return drawn if drawn.kind is Kind.PNG else None
