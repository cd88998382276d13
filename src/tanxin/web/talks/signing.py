"""How a record is signed where the type of its talk demands it: each way wraps the view that saves.

Showing again who one is is the one there is; a handwritten sign or a certificate would be another
entry of ``SIGNED``, under the code that is kept with the signature.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from django.http import HttpResponseBase

from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.policy.manner import Part
from tanxin.web.login.confirming import fresh
from tanxin.web.requests import ActorRequest

Saving: TypeAlias = Callable[[ActorRequest, TalkRow], HttpResponseBase]
RELOGIN = "relogin"


def by_login(save: Saving) -> Saving:
    """Asked each time, however short ago he logged in: a signature is an act of its own."""
    return fresh(save, within=timedelta(0))


def unsigned(save: Saving) -> Saving:
    return save


SIGNED: Mapping[str, Callable[[Saving], Saving]] = {"": unsigned, RELOGIN: by_login}


def wanted_of(talk: TalkRow, part: Part) -> str:
    """The way in which ``part`` has to sign; empty where nothing demands it."""
    return RELOGIN if part in conduct_of(talk).signature else ""
