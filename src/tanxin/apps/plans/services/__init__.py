"""What is done to plans, each one verb in one transaction."""

from tanxin.apps.plans.services.deciding import approve_plan, drop_plan
from tanxin.apps.plans.services.gathering import accept_gathering
from tanxin.apps.plans.services.moving import Change, move_planned, put_back, what_moving_breaks
from tanxin.apps.plans.services.proposing import propose_plan

__all__ = [
    "Change",
    "accept_gathering",
    "approve_plan",
    "drop_plan",
    "move_planned",
    "propose_plan",
    "put_back",
    "what_moving_breaks",
]
