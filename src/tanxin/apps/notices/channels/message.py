"""The one message there is: the same words for everybody and everything."""

from django.conf import settings

SUBJECT = "谈心：有事项等您办理 / Tanxin: something waits for you"
BODY = """您好！

您在「谈心」系统中有事项等待办理。请登录后在「待办」页查看：

{site}

本消息由系统自动发送，不含谈话内容，请勿回复。接收方式和时间可在系统右上角「我的提醒」中设置。


Something waits for you in Tanxin. Please log in and look at your page "To do":

{site}

This message was sent automatically, says nothing of any talk and needs no answer.
How and when you get it is set under "My notices" in the menu at the top.
"""
BRIEF = "您在「谈心」系统中有事项等待办理，请登录后在「待办」页查看：{site}"


def body() -> str:
    return BODY.format(site=settings.TANXIN_SITE)


def brief() -> str:
    """For what is read on a telephone."""
    return BRIEF.format(site=settings.TANXIN_SITE)
