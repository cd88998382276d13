from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow
from tanxin.apps.talks.models import Talk
from tanxin.core.calendar import Weeks


class Reception(RealmRow):
    """Hours in which ``leader`` receives, again and again; place and hours are for all to read.

    ``last`` is the last day, None where it goes on. ``moves``: what falls on a day off is held on
    the next day worked. ``taken`` counts the bookings ever made, and is written before anything
    else, so that of two bookings with the same leader the later one finds the earlier.
    """

    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    weekday = models.PositiveSmallIntegerField()
    weeks = models.CharField(max_length=8)
    begins = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    moves = models.BooleanField(default=False)
    taken = models.PositiveIntegerField(default=0)
    start = models.DateField()
    last = models.DateField(null=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "leader", "start"], name="reception_by_leader")]
        constraints = [
            models.CheckConstraint(
                name="reception_weeks_are_known",
                condition=Q(weeks__in=[weeks.value for weeks in Weeks]),
            ),
            models.CheckConstraint(
                name="reception_ends_after_it_begins", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="reception_has_times", condition=Q(minutes__gte=15, weekday__lte=6)
            ),
        ]


class ChangedDay(RealmRow):
    """One day that is otherwise: held by a stand-in, or by nobody."""

    reception = models.ForeignKey(Reception, models.PROTECT, related_name="changed", db_index=False)
    on = models.DateField()
    stand_in = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "reception", "on"], name="a_reception_day_changes_once"
            )
        ]


class Booking(RealmRow):
    """A talk that came of a reception day; whether it still stands, the talk says."""

    reception = models.ForeignKey(
        Reception, models.PROTECT, related_name="bookings", db_index=False
    )
    talk = models.ForeignKey(Talk, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "talk"], name="a_talk_is_booked_once")
        ]
        indexes = [models.Index(fields=["realm", "reception"], name="booking_by_reception")]
