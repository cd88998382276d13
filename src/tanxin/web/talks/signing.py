"""How a record is signed where the type of its talk demands it: each way wraps the view that saves.

Everybody shows again who he is: a screen left open must not sign. Where the type wants the
subject's hand, what he writes on the screen is kept in addition; who has neither pen nor script
signs without. A certificate would be another entry of ``SIGNED``, under the code that is kept with
the signature.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from django.http import HttpResponseBase

from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.policy.manner import Part, Signing
from tanxin.core.uploads import Admitted, FileRefused, admit
from tanxin.core.uploads.ink import is_inked
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


def unsigned(save: Saving) -> Saving:
    return save


SIGNED: Mapping[str, Callable[[Saving], Saving]] = {
    "": unsigned,
    RELOGIN: by_login,
    HANDWRITING: by_login,
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
    """What was written on the screen; nothing for what is no small picture with ink on it."""
    sent = request.POST.get(DRAWING, "")
    if not sent.startswith(AS_PNG) or len(sent) > LARGEST:
        return None
    try:
        drawn = admit("signature.png", b64decode(sent.removeprefix(AS_PNG), validate=True))
    except (FileRefused, ValueError):  # no base64, or no ASCII at all
        return None
    return drawn if drawn.kind is Kind.PNG and is_inked(drawn.data) else None
