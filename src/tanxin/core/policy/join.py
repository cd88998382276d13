"""Which class joins the people of which relation; a new relation is a class and a line here."""

from collections.abc import Mapping
from datetime import date

from tanxin.core.policy.relate import InBranch, InCharge, InTeam, Joining
from tanxin.core.policy.relate_contact import InContact
from tanxin.core.policy.relate_units import AtReception, InTree, InUnit, UnderAuthority
from tanxin.core.policy.rows import Holdings
from tanxin.core.policy.schema import Relation, Rule, Terms
from tanxin.core.policy.snapshot import Snapshot


def joining(
    holdings: Holdings, snapshot: Snapshot, rule: Rule, terms: Terms, today: date
) -> Joining:
    return _JOININGS[terms.joined.relation](holdings, snapshot, rule, terms, today.toordinal())


_JOININGS: Mapping[Relation, type[Joining]] = {
    Relation.TEAM: InTeam,
    Relation.BRANCH: InBranch,
    Relation.CHARGE: InCharge,
    Relation.CONTACT: InContact,
    Relation.UNIT: InUnit,
    Relation.BELOW: InTree,
    Relation.ABOVE: InTree,
    Relation.AUTHORITY: UnderAuthority,
    Relation.RECEPTION: AtReception,
}
