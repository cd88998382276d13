"""钉钉: a work notification of the organisation's own app to one member.

The vendor itself gives somebody the same words once a day at most.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from tanxin.apps.notices.channels.message import brief
from tanxin.apps.notices.channels.posting import Answer, ask, post
from tanxin.apps.notices.channels.tokens import send_with_token

EXPIRED = frozenset({40001, 40014, 42001})
NOBODY = frozenset({33012, 60121})
# A wrapper: what it is stands in sub_code.
SEE_SUB_CODE = 88


def is_on() -> bool:
    return bool(settings.TANXIN_DINGTALK["key"] and settings.TANXIN_DINGTALK["secret"])


def send(address: str, digest_id: UUID) -> None:  # noqa: ARG001 - it knows a message by its words
    message = {
        "agent_id": int(settings.TANXIN_DINGTALK["agent"] or 0),
        "userid_list": address,
        "msg": {"msgtype": "text", "text": {"content": brief()}},
    }

    def sending(token: str) -> int:
        where = at("topapi/message/corpconversation/asyncsend_v2", access_token=token)
        return code_of(post(where, message))

    send_with_token("dingtalk", asking, sending, expired=EXPIRED, nobody=NOBODY)


def code_of(answer: Answer) -> int:
    code = answer.number("errcode")
    inner = answer.text("sub_code")
    return int(inner) if code == SEE_SUB_CODE and inner.isascii() and inner.isdigit() else code


def asking() -> tuple[str, int]:
    with_secret = {
        "appkey": settings.TANXIN_DINGTALK["key"],
        "appsecret": settings.TANXIN_DINGTALK["secret"],
    }
    answer = ask("GET", at("gettoken", **with_secret))
    return answer.text("access_token"), answer.number("expires_in", 0)


def at(what: str, **query: str) -> str:
    return f"{settings.TANXIN_DINGTALK['api']}/{what}?{urlencode(query)}"
