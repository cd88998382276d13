"""飞书: a message of the organisation's own app to one member (im/v1/messages)."""

import json
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from tanxin.apps.notices.channels.message import brief
from tanxin.apps.notices.channels.posting import post
from tanxin.apps.notices.channels.tokens import send_with_token

EXPIRED = frozenset({99991661, 99991663, 99991668})
NOBODY = frozenset({230013, 230034, 99992351})


def is_on() -> bool:
    return bool(settings.TANXIN_FEISHU["app"] and settings.TANXIN_FEISHU["secret"])


def send(address: str, digest_id: UUID) -> None:
    """The vendor drops a second message of the same ``uuid``."""
    message = {
        "receive_id": address,
        "msg_type": "text",
        "content": json.dumps({"text": brief()}, ensure_ascii=False),
        "uuid": str(digest_id),
    }
    where = at("im/v1/messages", receive_id_type=settings.TANXIN_FEISHU["id_type"])

    def sending(token: str) -> int:
        return post(where, message, {"Authorization": f"Bearer {token}"}).number("code")

    send_with_token("feishu", asking, sending, expired=EXPIRED, nobody=NOBODY)


def asking() -> tuple[str, int]:
    with_secret = {
        "app_id": settings.TANXIN_FEISHU["app"],
        "app_secret": settings.TANXIN_FEISHU["secret"],
    }
    answer = post(at("auth/v3/tenant_access_token/internal"), with_secret)
    return answer.text("tenant_access_token"), answer.number("expire", 0)


def at(what: str, **query: str) -> str:
    return f"{settings.TANXIN_FEISHU['api']}/open-apis/{what}" + (
        f"?{urlencode(query)}" if query else ""
    )
