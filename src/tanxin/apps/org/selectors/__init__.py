"""Questions about a realm's facts, each asked for a day.

Names come from the directory; here are only ids, dates, titles and codes.
"""

from tanxin.apps.org.selectors.leading import (
    chief_of_unit,
    chiefs_of_units,
    in_charge_of,
    is_subordinate,
    units_in_charge,
    units_led,
)
from tanxin.apps.org.selectors.people import (
    HeldPost,
    head_counts,
    main_units,
    people_of_unit,
    posts_of,
    present_people,
    unit_of,
    units_of,
)
from tanxin.apps.org.selectors.teams import (
    SeatOn,
    TeamOn,
    branch_counts,
    branch_members,
    seats_on,
    seats_over_time,
    team_on,
    teams_of_person,
    teams_of_unit,
)
from tanxin.apps.org.selectors.timeline import FactLine, facts_of
from tanxin.apps.org.selectors.units import UnitNode, UnitTree, subtree, unit_on, unit_tree

__all__ = [
    "FactLine",
    "HeldPost",
    "SeatOn",
    "TeamOn",
    "UnitNode",
    "UnitTree",
    "branch_counts",
    "branch_members",
    "chief_of_unit",
    "chiefs_of_units",
    "facts_of",
    "head_counts",
    "in_charge_of",
    "is_subordinate",
    "main_units",
    "people_of_unit",
    "posts_of",
    "present_people",
    "seats_on",
    "seats_over_time",
    "subtree",
    "team_on",
    "teams_of_person",
    "teams_of_unit",
    "unit_of",
    "unit_on",
    "unit_tree",
    "units_in_charge",
    "units_led",
    "units_of",
]
