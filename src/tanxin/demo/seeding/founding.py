"""The realm, its people from the files, and those who can be walked in as."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from tanxin.apps.org import services
from tanxin.apps.org.intake import examine, take_in
from tanxin.demo.files import (
    faulty_workbook,
    institution_table,
    leaders_forms,
    main_workbook,
    relations_workbook,
)
from tanxin.demo.invent import Organisation
from tanxin.demo.seeding.cast import Cast

ELSEWHERE = "临澜市发展研究院"
FOUNDED_BEFORE = timedelta(days=560)
MORNING = 1  # hour in UTC
FAULTY = "待修正花名册.xlsx"


def write_files(org: Organisation, folder: Path) -> list[Path]:
    """Write all files; return those to import, in their order."""
    forms = leaders_forms(org)
    wanted = {
        "机关及所属单位花名册.xlsx": main_workbook(org, ELSEWHERE),
        f"{ELSEWHERE}人员.csv": institution_table(org, ELSEWHERE),
        "班子分工联系状态.xlsx": relations_workbook(org),
        "领导干部任免审批表.zip": packed(forms),
    }
    others = {FAULTY: faulty_workbook(org), **{f"任免审批表/{n}": d for n, d in forms.items()}}
    for name, data in (wanted | others).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return [folder / name for name in wanted]


def packed(forms: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in forms.items():
            archive.writestr(name, data)
    return held.getvalue()


def found(org: Organisation) -> UUID:
    return services.found_realm(
        org.plan.name,
        at=founded_at(org),
        is_demo=True,
        seeding_until=timezone.now() + timedelta(days=1),
    )


def founded_at(org: Organisation) -> datetime:
    day = org.today - FOUNDED_BEFORE
    return datetime(day.year, day.month, day.day, MORNING, tzinfo=UTC)


def take_in_files(realm_id: UUID, org: Organisation, paths: list[Path]) -> int:
    """Import each file; every row must be right."""
    actor = services.founder(realm_id)
    steps = 0
    for minutes, path in enumerate(paths, 1):
        seen = examine(actor, path.name, path, on=org.today)
        at = founded_at(org) + timedelta(minutes=minutes)
        steps += take_in(actor, seen, at=at).steps
    return steps


def open_accounts(cast: Cast) -> int:
    """Accounts nobody has a password for: the demo's door lets people in by handle."""
    actor = services.founder(cast.realm_id)
    at = founded_at(cast.org) + timedelta(hours=1)
    for handle in cast.org.personas:
        services.open_account(actor, cast.persona(handle), handle=handle, password=None, at=at)
    return len(cast.org.personas)


def entrust_roles(cast: Cast) -> int:
    """The keeper is told as well who decides about requests to read."""
    at = founded_at(cast.org) + timedelta(hours=1, minutes=30)
    with cast.at_keeper(cast.persona("demo-security")) as admin:
        actor = replace(services.founder(cast.realm_id), session=admin.session)
        for person_id, role in cast.roles.items():
            services.entrust_role(actor, person_id, role, start=at.date(), source="岗位职责", at=at)
    return len(cast.roles)
