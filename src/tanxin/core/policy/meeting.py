"""Whether a further talk meets a further one of the talks that somebody owes in a window."""

from collections.abc import Collection, Hashable

from tanxin.core.policy.schema import Count


def meets_another(count: Count, partner: Hashable, before: Collection[Hashable]) -> bool:
    """Say whether a talk with ``partner`` counts beside those that were held with ``before``.

    Where a rule counts partners each talk must be with somebody else; otherwise any talk counts.
    """
    return count is not Count.PARTNERS or partner not in before
