"""Filters that somebody set once and wants to find again."""

from django.db import models

from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow


class SavedView(RealmRow):
    """A list with its filters under a name of one's own; nobody else sees it.

    The name is sealed: people write there whom it is about. ``query`` holds codes and ids only.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    name_sealed = models.BinaryField()
    query = models.CharField(max_length=600)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "made_at"], name="view_by_person")]
