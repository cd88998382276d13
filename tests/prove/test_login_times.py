"""Unknown, wrong, closed and waiting take as long as one another (T23, G39)."""

import time
from itertools import cycle
from statistics import median

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from tanxin.apps.accounts.limiter import counters, take_attempt
from tanxin.apps.accounts.models import LoginFailures
from tanxin.apps.accounts.sign_in import WrongLogin, account_of_login

pytestmark = [pytest.mark.prove, pytest.mark.django_db]
ROUNDS = 150
KINDS = ("wrong", "unknown", "closed", "waiting")
MOST_APART = 1.10


@pytest.fixture
def people(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    right = make_password("gelbe-lampe-am-fenster")
    for kind in ("wrong", "closed", "waiting"):
        get_user_model().objects.create(handle=kind, password=right, is_active=kind != "closed")


def once(kind: str) -> float:
    """Counters are as they would be for the first attempt, or for the sixth."""
    LoginFailures.objects.all().delete()
    if kind == "waiting":
        for _ in range(5):
            take_attempt(counters(kind, "10.0.0.1"), timezone.now())
    password = "falsch-geraten" if kind != "closed" else "gelbe-lampe-am-fenster"
    begun = time.perf_counter()
    with pytest.raises(WrongLogin):
        account_of_login(kind, password, source="10.0.0.1", at=timezone.now())
    return time.perf_counter() - begun


def test_nobody_learns_from_the_clock_which_accounts_there_are(people):
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind, _ in zip(cycle(KINDS), range(ROUNDS * len(KINDS)), strict=False):
        taken[kind].append(once(kind))

    medians = {kind: median(times) for kind, times in taken.items()}
    print({kind: f"{seconds * 1000:.1f} ms" for kind, seconds in medians.items()})
    assert max(medians.values()) <= MOST_APART * min(medians.values()), medians
