"""Rules as data, and what follows from them: read → check → resolve → derive → explain.

Pure values throughout. Packs come as text, facts as small rows, ``today`` as a parameter.
"""

from tanxin.core.policy.cause import Because, Cause, why_changed, why_gone, why_new
from tanxin.core.policy.conduct import Conduct, KindUnknown, conduct_on, kinds_on, types_on
from tanxin.core.policy.derive import derive
from tanxin.core.policy.duty import Duty, RuleKey
from tanxin.core.policy.explain import Explanation, UsedFact, explain
from tanxin.core.policy.facts import (
    AuthorityFact,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    DateFact,
    DelegateFact,
    EventFact,
    LapseFact,
    PersonFact,
    PostFact,
    SeatFact,
    StateFact,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
)
from tanxin.core.policy.faults import Fault
from tanxin.core.policy.holding import stands_as
from tanxin.core.policy.keep import (
    conduct_from_data,
    conduct_to_data,
    rule_from_data,
    rule_to_data,
)
from tanxin.core.policy.load import Checked, load_packs
from tanxin.core.policy.notes import notes_on
from tanxin.core.policy.relate import branches_near_post
from tanxin.core.policy.schema import Pack, Rule
from tanxin.core.policy.scope import Reach, Scope, newcomers, reach
from tanxin.core.policy.sides import Sides, sides_on
from tanxin.core.policy.snapshot import Snapshot

__all__ = [
    "AuthorityFact",
    "Because",
    "BranchMemberFact",
    "Cause",
    "ChargeFact",
    "Checked",
    "Conduct",
    "ContactFact",
    "DateFact",
    "DelegateFact",
    "Duty",
    "EventFact",
    "Explanation",
    "Fault",
    "KindUnknown",
    "LapseFact",
    "Pack",
    "PersonFact",
    "PostFact",
    "Reach",
    "Rule",
    "RuleKey",
    "Scope",
    "SeatFact",
    "Sides",
    "Snapshot",
    "StateFact",
    "TalkFact",
    "TeamFact",
    "TenureFact",
    "TraitFact",
    "UnitFact",
    "UsedFact",
    "branches_near_post",
    "conduct_from_data",
    "conduct_on",
    "conduct_to_data",
    "derive",
    "explain",
    "kinds_on",
    "load_packs",
    "newcomers",
    "notes_on",
    "reach",
    "rule_from_data",
    "rule_to_data",
    "sides_on",
    "stands_as",
    "types_on",
    "why_changed",
    "why_gone",
    "why_new",
]
