"""A signed request to the organisation's own OA or message centre, which knows the receiver.

``X-Tanxin-Signature`` is ``v1=`` and the HMAC-SHA256 of "timestamp.body" with the shared secret.
"""

import hmac
import json
from hashlib import sha256
from time import time
from uuid import UUID

from django.conf import settings

from tanxin.apps.notices.channels.message import SUBJECT, brief
from tanxin.apps.notices.channels.posting import ask
from tanxin.apps.notices.channels.refusals import NotSent, Unreachable

TAKEN = range(200, 300)
# The server's word that it knows no such receiver.
GONE = 410


def is_on() -> bool:
    return bool(settings.TANXIN_WEBHOOK["url"] and settings.TANXIN_WEBHOOK["secret"])


def send(address: str, digest_id: UUID) -> None:
    told = {
        "id": str(digest_id),
        "to": address,
        "title": SUBJECT,
        "text": brief(),
        "url": settings.TANXIN_SITE,
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    moment = str(int(time()))
    headers = {
        "X-Tanxin-Id": str(digest_id),
        "X-Tanxin-Timestamp": moment,
        "X-Tanxin-Signature": f"v1={signature(moment, body)}",
    }
    answer = ask("POST", settings.TANXIN_WEBHOOK["url"], body, headers)
    if answer.status == GONE:
        raise Unreachable(answer.status)
    if answer.status not in TAKEN:
        raise NotSent(answer.status)


def signature(moment: str, body: bytes) -> str:
    secret = settings.TANXIN_WEBHOOK["secret"].encode()
    return hmac.new(secret, f"{moment}.".encode() + body, sha256).hexdigest()
