from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from json import dumps

import pytest

from tanxin.apps.talks.models import Talk
from tanxin.web.keyset import page_of, read_cursor

DAY = datetime(2026, 5, 4, tzinfo=UTC)

SOMEBODY = "6625a021-11a4-4828-bd09-c12252180d80"


@pytest.fixture
def talks(world):
    return Talk.objects.bulk_create(
        Talk(
            realm_id=world.realm_id, initiator_id=world.ada, subject_id=world.ben, kind="routine",
            proposed_by_id=world.ada, planned_for=DAY + timedelta(days=n // 3), created_at=DAY,
        )
        for n in range(11)
    )  # fmt: skip


@pytest.mark.parametrize(
    "order", [("planned_for", "id"), ("-planned_for", "-id"), ("-planned_for", "id")]
)
def test_reading_on_shows_every_row_once_and_back_again(talks, order):
    whole = list(Talk.objects.order_by(*order))
    pages, cursor = [], ""
    while not pages or cursor:
        page = page_of(Talk.objects.all(), order=order, cursor=cursor, size=4)
        pages.append(page)
        cursor = page.next

    assert [row for page in pages for row in page.rows] == whole
    assert pages[0].previous == ""
    back = page_of(Talk.objects.all(), order=order, cursor=pages[2].previous, size=4)
    assert back.rows == pages[1].rows
    start = page_of(Talk.objects.all(), order=order, cursor=back.previous, size=4)
    assert (start.rows, start.previous) == (pages[0].rows, "")
    assert start.next


def test_a_page_costs_one_query(talks, django_assert_num_queries):
    with django_assert_num_queries(1):
        page_of(Talk.objects.all(), order=("planned_for", "id"), size=4)


def test_nothing_has_no_neighbours(db):
    page = page_of(Talk.objects.all(), order=("planned_for", "id"))

    assert (page.rows, page.previous, page.next) == ([], "", "")


def coded(*values):
    return urlsafe_b64encode(dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "", "%", "a", coded("a"), coded("z", "2026-05-04T00:00:00Z", str(DAY)), coded("a", 1, 2, 3),
        coded("a", None, None), coded("a", "2026-05-04", "no id"), coded("a", [1], {}), "é",
    ],
)  # fmt: skip
def test_a_cursor_that_is_none_is_the_beginning(cursor):
    assert read_cursor(Talk, ("planned_for", "id"), cursor) is None


def test_a_relation_is_no_order():
    assert read_cursor(Talk, ("confirmations",), coded("a", 1)) is None


@pytest.mark.parametrize(
    "cursor",
    [
        urlsafe_b64encode(b"[" * 5000).decode(),
        coded("a", "9999-12-31T23:59:59-23:00", SOMEBODY),
        coded("a", "0001-01-01T00:00:00+23:00", SOMEBODY),
        coded("a", "2026-05-04T00:00:00", SOMEBODY),
        coded(["a"], "2026-05-04T00:00:00+00:00", SOMEBODY),
    ],
)
def test_a_cursor_made_up_to_break_the_page_is_the_beginning(db, cursor):
    assert read_cursor(Talk, ("planned_for", "id"), cursor) is None
