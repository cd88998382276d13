"""The one message there is, and how it leaves: the same words for everybody and everything."""

from smtplib import SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

SUBJECT = "谈心：有事项等您办理 / Tanxin: something waits for you"
BODY = """您好！

您在「谈心」系统中有事项等待办理。请登录后在「待办」页查看：

{site}

本邮件由系统自动发送，不含谈话内容，请勿回复。如不需要邮件提醒，可在系统右上角「我的提醒」中关闭。


Something waits for you in Tanxin. Please log in and look at your page "To do":

{site}

This message was sent automatically, says nothing of any talk and needs no answer.
You can switch it off under "My notices" in the menu at the top.
"""
REFUSED_FOR_GOOD = 500


class NotSent(Exception):
    """It did not leave, and may be tried again."""


class Unreachable(Exception):
    """There is no address, or the server will have nothing to do with it."""


def is_on() -> bool:
    return bool(settings.EMAIL_HOST)


def send(address: str, digest_id: UUID) -> None:
    """Raises ``NotSent`` or ``Unreachable``. A message sent twice has the same name both times."""
    host = settings.TANXIN_MAIL_FROM.rpartition("@")[2]
    message = EmailMessage(
        SUBJECT,
        BODY.format(site=settings.TANXIN_SITE),
        settings.TANXIN_MAIL_FROM,
        [address],
        headers={"Message-ID": f"<{digest_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        for_good = all(code >= REFUSED_FOR_GOOD for code, _ in refused.recipients.values())
        raise (Unreachable if for_good else NotSent) from refused
    except (SMTPException, OSError) as failed:
        raise NotSent from failed
