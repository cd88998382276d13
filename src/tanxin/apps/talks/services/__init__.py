"""What can be done with a talk and a request for one, one verb each.

Words are sealed first; then one transaction checks, changes, and leaves its leaf.
"""

from tanxin.apps.talks.services.answering import (
    accept_request,
    forward,
    refuse_request,
    stay_with,
    suggest_another,
)
from tanxin.apps.talks.services.approving import approve_talk, deny_talk
from tanxin.apps.talks.services.arranging import (
    arrange_agreement,
    arrange_cancelling,
    arrange_other_time,
    arrange_talk,
)
from tanxin.apps.talks.services.asking import (
    ask_for_another,
    ask_for_talk,
    may_ask_for_others,
    withdraw_request,
)
from tanxin.apps.talks.services.certifying import certify
from tanxin.apps.talks.services.closing import cancel, refuse
from tanxin.apps.talks.services.confirming import confirm_record, dispute_record
from tanxin.apps.talks.services.content import (
    approve_reading,
    ask_to_read,
    give_up_reading,
    reason_for,
    refuse_reading,
    review_emergency,
)
from tanxin.apps.talks.services.delaying import tell_delays
from tanxin.apps.talks.services.echoing import answer_echo, ask_for_echoes, sum_up_echoes
from tanxin.apps.talks.services.endorsing import endorse_record, name_endorser, send_record_back
from tanxin.apps.talks.services.grouping import cancel_group, hold_group, move_group, propose_group
from tanxin.apps.talks.services.holding import hold, prepare
from tanxin.apps.talks.services.lapsing import let_lapse
from tanxin.apps.talks.services.naming import name_beside
from tanxin.apps.talks.services.on_paper import (
    accept_sheet,
    enter_sheet,
    name_assistant,
    return_sheet,
)
from tanxin.apps.talks.services.papers import note_paper
from tanxin.apps.talks.services.preparing import write_outline, write_topics
from tanxin.apps.talks.services.proposing import agree, propose_other_time, propose_talk
from tanxin.apps.talks.services.recording import write_record
from tanxin.apps.talks.services.recusing import recuse_from_talk
from tanxin.apps.talks.services.remarking import add_remark, write_memo
from tanxin.apps.talks.services.summing_up import write_summary
from tanxin.apps.talks.services.witnessing import name_witness, say_for_another

__all__ = [
    "accept_request",
    "accept_sheet",
    "add_remark",
    "agree",
    "answer_echo",
    "approve_reading",
    "approve_talk",
    "arrange_agreement",
    "arrange_cancelling",
    "arrange_other_time",
    "arrange_talk",
    "ask_for_another",
    "ask_for_echoes",
    "ask_for_talk",
    "ask_to_read",
    "cancel",
    "cancel_group",
    "certify",
    "confirm_record",
    "deny_talk",
    "dispute_record",
    "endorse_record",
    "enter_sheet",
    "forward",
    "give_up_reading",
    "hold",
    "hold_group",
    "let_lapse",
    "may_ask_for_others",
    "move_group",
    "name_assistant",
    "name_beside",
    "name_endorser",
    "name_witness",
    "note_paper",
    "prepare",
    "propose_group",
    "propose_other_time",
    "propose_talk",
    "reason_for",
    "recuse_from_talk",
    "refuse",
    "refuse_reading",
    "refuse_request",
    "return_sheet",
    "review_emergency",
    "say_for_another",
    "send_record_back",
    "stay_with",
    "suggest_another",
    "sum_up_echoes",
    "tell_delays",
    "withdraw_request",
    "write_memo",
    "write_outline",
    "write_record",
    "write_summary",
    "write_topics",
]
