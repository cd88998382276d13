"""What is entrusted to people, and what is kept from them: roles, secretaries, recusals."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Fact, Person, ends_after_start, known
from tanxin.apps.realms.models import RealmRow
from tanxin.core.access import ADMINISTRATORS

RECUSED_FROM = ("person", "talk", "issue", "duty")
RECUSED_BECAUSE = ("relative", "dispute", "complaint", "wish", "own")


class Administrator(Fact):
    """One of the three exclusive tasks (三员).

    One row per person, so that the database itself refuses a second task, whatever its days are;
    who takes on another after the first has ended gets his row changed. The log keeps both.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "person"], name="one_of_three_tasks_at_most"),
            known("role", tuple(sorted(role.value for role in ADMINISTRATORS)), "administrator"),
            ends_after_start("administrator"),
        ]


class Secretary(Fact):
    """Somebody arranges the talks of a leader: when, where and with whom, never what about."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "leader"], name="secretary_by_person"),
            models.Index(fields=["realm", "leader"], name="secretary_by_leader"),
        ]
        constraints = [
            ends_after_start("secretary"),
            models.CheckConstraint(
                name="nobody_is_his_own_secretary", condition=~Q(person=F("leader"))
            ),
        ]


class Recusal(RealmRow):
    """``excluded`` finds nothing of one row, or of anything in which a person is talked to.

    ``about_id`` names a row of a higher app; there is no foreign key upward. What one led, heard or
    said oneself is not taken away by it.
    """

    excluded = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    about_kind = models.CharField(max_length=8)
    about_id = models.UUIDField()
    because = models.CharField(max_length=10)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "about_id"], name="recusal_by_row"),
            models.Index(fields=["realm", "set_by", "set_at"], name="recusal_by_setter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "excluded", "about_kind", "about_id"],
                condition=Q(lifted_at=None),
                name="recused_once",
            ),
            known("about_kind", RECUSED_FROM, "recusal"),
            known("because", RECUSED_BECAUSE, "recusal"),
        ]
