"""Whether everybody is named whom the type of a talk wants to take part."""

from tanxin.apps.talks.beside import named_for
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import PartMissing
from tanxin.core.policy import Conduct


def check_named(talk: Talk, conduct: Conduct, *, endorsed: bool) -> None:
    """Raises ``PartMissing`` where somebody should be there whom nobody has named."""
    wanted = [*conduct.parts, *(conduct.endorsement if endorsed else ())]
    if not wanted or talk.group_id is not None:
        return
    named = named_for(talk)
    for part in wanted:
        if part not in named:
            raise PartMissing(part)
