"""The words facts are told in, as rules may use them.

Roles, teams, contacts, states and events are those of the organisation's tables. States and
events may be added by a realm, so its own words are accepted when they are given to ``check``.
"""

TEAMS = ("leadership", "party_group", "branch_committee")
SEAT_ROLES = ("chief", "deputy", "member")
BRANCH_ROLES = ("secretary", "deputy", "committee", "member")
POST_LEVELS = ("chief", "deputy", "member", "head", "deputy_head", "staff")
CONTACTS = ("liaison", "pair", "area", "mentor")
STATES = (
    "floating", "hardship", "frail", "retired", "ill", "abroad", "leave", "secondment", "study",
    "sanction", "long_absent", "newcomer", "alone",
)  # fmt: skip
EVENTS = (
    "democratic_life_meeting", "organisational_life_meeting", "democratic_review",
    "branch_meeting", "theme_day", "holiday", "major_task", "key_meeting", "restructuring",
    "major_rule", "inspection", "election", "appointment", "transfer", "dismissal", "departure",
    "retirement", "joining", "membership_transfer", "application", "activist", "probation",
    "full_member", "probation_extended", "political_birthday", "award", "reminder", "admonition",
    "sanction", "sanction_ended", "illness", "discharge", "bereavement", "family_change",
    "petition", "abroad",
)  # fmt: skip

# Nobody owes a talk to, or is owed one by, a person who is no longer there.
GONE = ("left", "dead")

# Who leads where two people owe each other a talk: the lower number.
RANKS = {"chief": 0, "secretary": 0, "head": 0, "deputy": 1, "deputy_head": 1}
LOWEST_RANK = 2
