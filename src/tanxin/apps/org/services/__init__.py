"""Every change of facts: in one transaction with its audit leaf.

``facts`` has the verbs for any dated fact; the others make what facts are about.
"""

from tanxin.apps.org.services.bulk import write_facts
from tanxin.apps.org.services.events import move_event, record_event, void_event
from tanxin.apps.org.services.facts import (
    FactEndsBeforeStart,
    FactHasEnded,
    FactNotFound,
    FactOfAnotherRealm,
    FactOverlaps,
    correct_fact,
    end_fact,
    record_fact,
    void_fact,
)
from tanxin.apps.org.services.founding import finish_seeding, found_realm, founder
from tanxin.apps.org.services.members import PersonHasAccount, open_account
from tanxin.apps.org.services.people import (
    PersonDetails,
    PersonIsKnown,
    add_people,
    add_person,
    change_person,
    contact_details,
    details_of,
    leave_realm,
    sealed_person_rows,
)
from tanxin.apps.org.services.roles import (
    HoldsAnotherTask,
    LastSecurityAdministrator,
    RoleForOneself,
    RoleIsHeld,
    RoleNeedsASecond,
    RoleNotHeld,
    RolesForbidden,
    entrust_role,
    take_role,
)
from tanxin.apps.org.services.units import (
    UnitCycle,
    add_post,
    add_team,
    add_unit,
    change_unit,
)
from tanxin.apps.org.services.version import raise_directory_version

__all__ = [
    "FactEndsBeforeStart",
    "FactHasEnded",
    "FactNotFound",
    "FactOfAnotherRealm",
    "FactOverlaps",
    "HoldsAnotherTask",
    "LastSecurityAdministrator",
    "PersonDetails",
    "PersonHasAccount",
    "PersonIsKnown",
    "RoleForOneself",
    "RoleIsHeld",
    "RoleNeedsASecond",
    "RoleNotHeld",
    "RolesForbidden",
    "UnitCycle",
    "add_people",
    "add_person",
    "add_post",
    "add_team",
    "add_unit",
    "change_person",
    "change_unit",
    "contact_details",
    "correct_fact",
    "details_of",
    "end_fact",
    "entrust_role",
    "finish_seeding",
    "found_realm",
    "founder",
    "leave_realm",
    "move_event",
    "open_account",
    "raise_directory_version",
    "record_event",
    "record_fact",
    "sealed_person_rows",
    "take_role",
    "void_event",
    "void_fact",
    "write_facts",
]
