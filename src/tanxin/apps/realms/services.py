from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.realms.models import JobRun, Realm


def once_a_day(name: str, day: date, do: Callable[[], object]) -> bool:
    """Call ``do`` unless somebody has for this name and day; both stand or fall together.

    Of several processes that ask at once, one does it and is told True.
    """
    try:
        with transaction.atomic():
            JobRun.objects.create(name=name, day=day)
            do()
    except IntegrityError:
        return False
    return True


def names_left_to_run(names: Iterable[str], day: date) -> list[str]:
    """Which of these ``once_a_day`` has not done on this day.

    What was done on a day to come was done while the clock was ahead, and is to be done again then.
    """
    asked = list(names)
    runs = JobRun.objects.filter(name__in=asked, day__gte=day)
    known = list(runs.values_list("name", "day"))
    if any(on > day for _, on in known):
        JobRun.objects.filter(name__in=asked, day__gt=day).delete()
    done = {name for name, on in known if on == day}
    return [name for name in asked if name not in done]


def choose_suite(realm_id: UUID, suite: int) -> None:
    """Note which suite the realm shall have; the keys themselves are renewed by ``archive``."""
    Realm.objects.filter(pk=realm_id).update(suite=suite)


def oblige_second_factor(realm_id: UUID, roles: Iterable[str]) -> None:
    Realm.objects.filter(pk=realm_id).update(second_factor_for=" ".join(roles))
