"""Kept for preparing talks: an organisation's own outlines, and who has read the guidance."""

from django.db import models
from django.db.models import Q

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow


class Outline(RealmRow):
    """The organisation's own outline for a kind, or a type of it, in place of the shipped one.

    It is a list of questions for everybody and holds nothing about anyone, so it stays plain.
    """

    kind = models.CharField(max_length=20)
    type = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=4000)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "kind", "type"], name="one_outline_per_kind_and_type"
            ),
            models.CheckConstraint(name="outline_says_something", condition=~Q(text="")),
        ]


class GuidanceRead(RealmRow):
    """Somebody has put the guidance of a kind aside; it stays to be found."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "kind"], name="guidance_is_put_aside_once"
            )
        ]
