"""企业微信: a message of the organisation's own app to one member (gettoken, message/send)."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from tanxin.apps.notices.channels.message import brief
from tanxin.apps.notices.channels.posting import ask, post
from tanxin.apps.notices.channels.tokens import send_with_token

EXPIRED = frozenset({40014, 41001, 42001})
NOBODY = frozenset({40003, 60111, 81013})
NO_SUCH_MEMBER = 81013
# The vendor drops a second message with the same words within four hours, its longest.
SAME_WITHIN = 14_400


def is_on() -> bool:
    return bool(settings.TANXIN_WECOM["corp"] and settings.TANXIN_WECOM["secret"])


def send(address: str, digest_id: UUID) -> None:  # noqa: ARG001 - it knows a message by its words
    message = {
        "touser": address,
        "msgtype": "text",
        "agentid": int(settings.TANXIN_WECOM["agent"] or 0),
        "text": {"content": brief()},
        "safe": 0,
        "enable_duplicate_check": 1,
        "duplicate_check_interval": SAME_WITHIN,
    }

    def sending(token: str) -> int:
        answer = post(at("message/send", access_token=token), message)
        unreached = answer.text("invaliduser") or answer.text("unlicenseduser")
        return NO_SUCH_MEMBER if unreached else answer.number("errcode")

    send_with_token("wecom", asking, sending, expired=EXPIRED, nobody=NOBODY)


def asking() -> tuple[str, int]:
    with_secret = {
        "corpid": settings.TANXIN_WECOM["corp"],
        "corpsecret": settings.TANXIN_WECOM["secret"],
    }
    answer = ask("GET", at("gettoken", **with_secret))
    return answer.text("access_token"), answer.number("expires_in", 0)


def at(what: str, **query: str) -> str:
    return f"{settings.TANXIN_WECOM['api']}/cgi-bin/{what}?{urlencode(query)}"
