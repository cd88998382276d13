"""Bringing signals about Ada to where a test begins; Sol supervises, and so does Lena."""

from datetime import timedelta

from django.utils import timezone

from talk_steps import held, write
from tanxin.apps.oversight.models import Signal
from tanxin.apps.oversight.signalling import look
from tanxin.core.access import Role

TEXT = (
    "处里今年走了两个人，报表压在三个年轻人身上，周末都在加班。孩子上小学三年级，爱人在外地，接送靠老人。"
    "对规划编制的分工有意见，认为信息中心的数据应当由信息中心自己核。答应月内和人事处商量借调一名同志。"
)
WHY = "两次谈的是同一件没办完的事，照上次的话接着写的。"


def supervised(world):
    for key in ("sol", "lena"):
        world.person(key, key)
        world.account(key)
        world.entrust(key, Role.SUPERVISOR)
    return world


def two_alike(world):
    """Two talks of Ada and Ben with one text, held two days apart."""
    first = write(world, held(world, ago=timedelta(days=2), days=3), TEXT)
    second = write(world, held(world, days=9), TEXT.replace("孩子", "小孩"))
    return first, second


def looked(world):
    return look(world.realm_id, today=timezone.localdate(), at=timezone.now())


def signal_about_ada(world):
    two_alike(world)
    looked(world)
    return Signal.objects.get(realm=world.realm_id, sign="copy")
