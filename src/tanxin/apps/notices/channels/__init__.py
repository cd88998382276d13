"""How a message leaves: thin adapters, each switched off until the site's settings name its server.

All say the same words to everybody about everything; an address is asked for one message only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from tanxin.apps.notices.channels import dingtalk, feishu, mail, webhook, wecom
from tanxin.apps.notices.channels.refusals import NotSent, Unreachable
from tanxin.core.notices import Channel

__all__ = ["NotSent", "Unreachable", "channels_on", "is_on", "send"]


@dataclass(frozen=True, slots=True)
class Adapter:
    is_on: Callable[[], bool]
    send: Callable[[str, UUID], None]


ADAPTERS: Mapping[Channel, Adapter] = MappingProxyType(
    {
        Channel.MAIL: Adapter(mail.is_on, mail.send),
        Channel.WECOM: Adapter(wecom.is_on, wecom.send),
        Channel.DINGTALK: Adapter(dingtalk.is_on, dingtalk.send),
        Channel.FEISHU: Adapter(feishu.is_on, feishu.send),
        Channel.WEBHOOK: Adapter(webhook.is_on, webhook.send),
    }
)


def is_on(channel: Channel) -> bool:
    return ADAPTERS[channel].is_on()


def channels_on() -> list[Channel]:
    return [channel for channel in Channel if is_on(channel)]


def send(channel: Channel, address: str, digest_id: UUID) -> None:
    """Raises ``NotSent`` or ``Unreachable``. A message sent twice has the same name both times."""
    ADAPTERS[channel].send(address, digest_id)
