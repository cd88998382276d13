"""The keeper's own small table of what a part in a record opens.

The application has a larger one; a test asks both about random situations, and this one must never
allow what the other denies.
"""

from types import MappingProxyType

AUTHOR = "author"
CONFIDED_TO = frozenset({"initiator", "subject", "owner", "verifier", "inquirer", "asker", "asked"})
# They may read a record, and add nothing to it.
READS = frozenset({"recorder", "endorser", "witness"})
GIVEN_ON_REQUEST = frozenset({"granted", "emergency"})
ROLES = CONFIDED_TO | READS | GIVEN_ON_REQUEST | {AUTHOR}
_FOR_ONE_ALONE: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {one: frozenset({AUTHOR}) for one in ("memo", "outline", "draft")}
)
_FOR_THE_PARTIES = CONFIDED_TO | READS | GIVEN_ON_REQUEST


def writes(role: str, field: str) -> bool:
    """Who may add a later text: whoever may open it, but not who may only read."""
    return role not in READS | GIVEN_ON_REQUEST and opens(role, field)


def opens(role: str, field: str) -> bool:
    """Memo, outline and draft are their author's; the rest is for those it was confided to."""
    return role in _FOR_ONE_ALONE.get(field, _FOR_THE_PARTIES)
