from smtplib import SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from tanxin.apps.notices.channels.message import SUBJECT, body
from tanxin.apps.notices.channels.refusals import NotSent, Unreachable

REFUSED_FOR_GOOD = 500


def is_on() -> bool:
    return bool(settings.EMAIL_HOST)


def send(address: str, digest_id: UUID) -> None:
    host = settings.TANXIN_MAIL_FROM.rpartition("@")[2]
    message = EmailMessage(
        SUBJECT,
        body(),
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
