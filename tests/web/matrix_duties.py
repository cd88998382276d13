from uuid import uuid4

from django.utils import timezone

from tanxin.apps.duties.models import Duty, RuleRow

ALL = {"ada": 200, "ben": 200, "cleo": 200, "dora": 200}


RULE = {
    "id": "sensitive", "title": {"zh": "谈心", "en": "Talk"}, "kind": "care", "cites": [],
    "terms": None, "text_only": "unmeasurable", "form": "individual", "channels": ["face"],
    "follow_up": [], "exemptions": [], "replaces": "", "file": "", "line": 0,
}  # fmt: skip


def private_duty(world):
    """A duty of Emil to Dora whose reason the chief of the unit may not read."""
    rule, _ = RuleRow.objects.get_or_create(
        realm_id=world.realm_id, pack="words-only", version="1", rule="sensitive",
        defaults={"title": "谈心", "kind": "care", "text": RULE, "published_at": timezone.now()},
    )  # fmt: skip
    return Duty.objects.create(
        pk=uuid4(), realm_id=world.realm_id, rule=rule, period="2026", sensitive=True,
        initiator_id=world.emil, subject_id=world.dora, mutual=False,
        opens="2026-01-01", due="2026-12-31", kind="care", form="individual",
        unit_id=world.units["planning"], via=world.units["planning"],
        basis="at_least=1|charge:::",
    )  # fmt: skip


ROWS = [
    ("duties:mine", "get", lambda world: [], {"nobody": 302, **ALL}),
    ("duties:list", "get", lambda world: [], {"nobody": 302, **ALL}),
    (
        "duties:duty",
        "get",
        lambda world: [private_duty(world).pk],
        {"nobody": 302, **ALL, "ben": 200, "cleo": 404},
    ),
    (
        "duties:matrix",
        "get",
        lambda world: [world.teams["leaders"]],
        {"nobody": 302, **ALL, "ben": 403, "cleo": 403},
    ),
    ("duties:units", "get", lambda world: [], {"nobody": 302, **ALL}),
    (
        "duties:coverage",
        "get",
        lambda world: [world.units["planning"]],
        {"nobody": 302, **ALL, "cleo": 403},
    ),
]
