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
    # those on a list that is brought in each period, or kept by hand
    "ranked_low", "low_rated", "failed_course", "petitioned", "minority", "key_person",
)  # fmt: skip
EVENTS = (
    # meetings and nodes
    "democratic_life_meeting", "organisational_life_meeting", "democratic_review",
    "branch_meeting", "theme_day", "holiday", "major_task", "key_meeting", "restructuring",
    "major_rule", "major_decision", "new_leader", "inspection", "election",
    # coming, moving, leaving
    "appointment", "transfer", "rotation", "demotion", "dismissal", "departure", "resignation",
    "retirement", "joining", "probation_passed", "appraisal", "long_training", "abroad",
    # membership
    "membership_transfer", "application", "activist", "probation", "full_member",
    "probation_extended", "political_birthday",
    # honour and disgrace
    "award", "criticism", "reminder", "admonition", "sanction", "sanction_ended", "accountability",
    "task_missed", "ranked_low",
    # care
    "illness", "discharge", "bereavement", "family_change", "hardship", "setback", "low_spirits",
    "distress", "found_again",
    # warning
    "petition", "early_sign", "minor_breach", "poor_review", "not_reported", "team_discord",
    "dispute", "overstayed", "accident", "slackness", "role_lapse", "emergency",
    # on request
    "request",
)  # fmt: skip
KINDS = ("routine", "care", "office", "warning")
TRAITS = ("rank", "politics", "gender")
# From the top down, as the organisation's table has them.
RANK_CODES = (
    "sheng-zheng", "sheng-fu", "ting-zheng", "xunshi-1", "ting-fu", "xunshi-2", "chu-zheng",
    "diaoyan-1", "diaoyan-2", "chu-fu", "diaoyan-3", "diaoyan-4", "ke-zheng", "zhuren-1",
    "zhuren-2", "ke-fu", "zhuren-3", "zhuren-4", "keyuan-1", "keyuan-2", "banshi", "shiyong",
    "jituan-zheng", "jituan-fu", "erji-zheng", "erji-fu", "zhongceng-zheng", "zhongceng-fu",
    "jiceng-guanli", "jiceng",
)  # fmt: skip
POLITICS = (
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13",
)  # fmt: skip
GENDERS = ("m", "f")
# Personal dates: born, joined the Party, began to work, took up the post held now.
DATES = ("birthday", "party", "work", "post")

# Nobody owes a talk to, or is owed one by, a person who is no longer there.
GONE = ("left", "dead")

# Who leads where two people owe each other a talk: the lower number.
RANKS = {"chief": 0, "secretary": 0, "head": 0, "deputy": 1, "deputy_head": 1}
LOWEST_RANK = 2
