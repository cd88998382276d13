from uuid import UUID

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.issues.readers import Reader
from tanxin.apps.issues.refusals import TextMissing
from tanxin.core.access import Actor
from tanxin.core.wording import is_blank


def sealed_text(
    actor: Actor, issue_id: UUID, kind: str, text: str, *, readers: list[Reader]
) -> Sealed:
    """Seal a text about an issue, outside of any transaction; raises ``TextMissing``."""
    if is_blank(text) or actor.person_id is None:
        raise TextMissing(kind)
    return archive.prepare(
        actor.realm_id,
        kind=kind,
        about_kind="issue",
        about_id=issue_id,
        author_id=actor.person_id,
        text=text.strip(),
        parties=readers,
    )
