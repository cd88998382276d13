"""What is done to schemes and yearly results, each one verb in one transaction."""

from tanxin.apps.appraisal.services.answering import state_view
from tanxin.apps.appraisal.services.appealing import (
    appeal_against,
    grant_appeal,
    refuse_appeal,
    withdraw_appeal,
)
from tanxin.apps.appraisal.services.drafting import (
    begin_scheme,
    drop_scheme,
    propose_scheme,
    publish_scheme,
    return_scheme,
    save_scheme,
)
from tanxin.apps.appraisal.services.entering import enter_opinion
from tanxin.apps.appraisal.services.freezing import freeze_year, look_at_years
from tanxin.apps.appraisal.services.taking import take_away

__all__ = [
    "appeal_against",
    "begin_scheme",
    "drop_scheme",
    "enter_opinion",
    "freeze_year",
    "grant_appeal",
    "look_at_years",
    "propose_scheme",
    "publish_scheme",
    "refuse_appeal",
    "return_scheme",
    "save_scheme",
    "state_view",
    "take_away",
    "withdraw_appeal",
]
