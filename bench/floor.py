"""The same duties by hand-written SQL: load into a bare table, then key and indexes."""

from collections.abc import Iterable

from django.db import connection

from tanxin.apps.duties.models import Duty

TABLE = "bench_floor"
COLUMNS = (
    "id", "realm_id", "rule_id", "period", "ordinal", "initiator_id", "subject_id", "mutual",
    "shared", "opens", "due", "kind", "form", "unit_id", "via", "event_id", "basis", "sensitive",
    "state",
)  # fmt: skip
DUTIES = Duty._meta.db_table
INDEXES = {
    "floor_by_lead": "realm_id, initiator_id, state, due, id",
    "floor_by_subject": "realm_id, subject_id, state, due, id",
    "floor_by_unit": "realm_id, unit_id, state, due, id",
    "floor_by_via": "realm_id, via",
}
NUMBERS = "'at_least=1,newcomer_days=30|"
SEAT = "'seat:' || {0}.role || ':' || {0}.start || ':'"
MEMBER = "'branch:' || {0}.role || ':' || {0}.start || ':'"
HELD = "{0}.start <= '2026-12-31' AND {0}.\"end\" IS NULL AND {0}.voided_at IS NULL"
COMMITTEE = "('secretary', 'deputy', 'committee')"


def select(rule: str, sides: str, mutual: str, unit: str, via: str, basis: str, source: str) -> str:  # noqa: PLR0917 - the columns of one row
    return (
        f"SELECT {new_id()}, a.realm_id, '{rule}', '2026', 1, {sides}, {mutual}, FALSE,"  # noqa: S608 - our own names
        f" '2026-01-01', '2026-12-31', 'routine', 'individual', {unit}, {via}, NULL, {basis},"
        f" FALSE, 'open' FROM {source}"
    )


def new_id() -> str:
    return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"


def statements(rules: dict[str, str], only: str = "") -> list[str]:
    """One for each rule; ``only`` names a table of the places to derive."""
    team = "org_seat a JOIN org_seat b ON b.team_id = a.team_id JOIN org_team t ON t.id = a.team_id"
    branch = "org_branchmember a JOIN org_branchmember b ON b.branch_id = a.branch_id"
    pair = "a.person_id, b.person_id"
    seats = f"{NUMBERS}' || {SEAT.format('a')} || '|' || {SEAT.format('b')}"
    members = f"{NUMBERS}' || {MEMBER.format('a')} || '|' || {MEMBER.format('b')}"
    head = (
        f"{NUMBERS}' || {SEAT.format('s')} || ',charge::' || a.start || ':|post:' || p.level"
        " || ':' || b.start || ':'"
    )
    both = f"{HELD.format('a')} AND {HELD.format('b')}"
    at_branch = f" AND a.branch_id IN (SELECT id FROM {only})" if only else ""  # noqa: S608 - our own names only
    at_unit = f" AND a.unit_id IN (SELECT id FROM {only})" if only else ""  # noqa: S608 - our own names only
    secretary = f"{branch} WHERE {both}{at_branch} AND b.role = 'member' AND a.role = 'secretary'"
    committee = (
        f"{branch} WHERE {both}{at_branch} AND a.person_id < b.person_id AND a.role IN {COMMITTEE}"
        f" AND b.role IN {COMMITTEE}"
    )
    alone = f"org_branchmember a WHERE {HELD.format('a')}{at_branch} AND a.role = 'member'"
    charge = (
        "org_charge a JOIN org_seat s ON s.person_id = a.person_id"
        " JOIN org_post p ON p.unit_id = a.unit_id AND p.level IN ('head', 'chief')"
        f" JOIN org_tenure b ON b.post_id = p.id WHERE {both}{at_unit}"
    )
    chief = f"{team} WHERE {both} AND a.role = 'chief' AND b.role <> 'chief'"
    among = (
        f"{team} WHERE {both} AND a.role = 'deputy' AND b.role = 'deputy'"
        " AND a.person_id < b.person_id"
    )
    by_branch = ("a.branch_id", "a.branch_id")
    found = [
        select(rules["charge-with-head"], pair, "FALSE", "a.unit_id", "a.unit_id", head, charge),
        select(rules["branch-committee-member"], pair, "TRUE", *by_branch, members, secretary),
        select(rules["branch-committee-among"], pair, "TRUE", *by_branch, members, committee),
        select(
            rules["branch-member-member"], "a.person_id, NULL", "TRUE", *by_branch,
            f"{NUMBERS}' || {MEMBER.format('a')}", alone,
        ),
    ]  # fmt: skip
    if not only:
        at_team = ("t.unit_id", "a.team_id")
        found.append(select(rules["chief-with-member"], pair, "TRUE", *at_team, seats, chief))
        found.append(select(rules["member-with-member"], pair, "TRUE", *at_team, seats, among))
    return found


def clear() -> None:
    run([f"DROP TABLE IF EXISTS {TABLE}"])


def load(rules: dict[str, str]) -> int:
    """Load, then key and indexes; returns how many duties there are."""
    run([f"CREATE TABLE {TABLE} AS SELECT * FROM {DUTIES} WHERE 1 = 0"])  # noqa: S608 - our own names only
    insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) "
    run([insert + each for each in statements(rules)])
    run([f"CREATE UNIQUE INDEX floor_key ON {TABLE} (id)"])
    run([f"CREATE INDEX {name} ON {TABLE} ({columns})" for name, columns in INDEXES.items()])
    return count()


def renew(rules: dict[str, str], places: Iterable[str]) -> None:
    """Derive the duties of changed places anew."""
    kind = "char(32)" if connection.vendor == "sqlite" else "uuid"
    run([f"CREATE TEMP TABLE bench_places (id {kind} PRIMARY KEY)"])
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_places VALUES (%s)", [(each,) for each in places])
    insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) "
    run([f"DELETE FROM {TABLE} WHERE via IN (SELECT id FROM bench_places)"])  # noqa: S608 - as above
    run([insert + each for each in statements(rules, "bench_places")])
    run(["DROP TABLE bench_places"])


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608 - our own names
        found: int = cursor.fetchone()[0]
    return found


def run(commands: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
