"""What is entrusted to people, and what is kept from them: roles, secretaries, recusals."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.org.models import Fact, Person, ends_after_start, known
from tanxin.apps.realms.models import RealmRow
from tanxin.core.access import ADMINISTRATORS, Role

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


class RoleProposal(RealmRow):
    """The security administrator would give somebody a role; another person says yes or no.

    Approved it holds from ``given_at``: at once, or when the keeper has heard of it from a security
    administrator. ``reason`` is why it was turned down or withdrawn, sealed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(null=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "verdict", "proposed_at"], name="proposal_by_state")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "person", "role"],
                condition=Q(verdict__in=["", "approved"], given_at=None),
                name="proposed_once_until_settled",
            ),
            known("role", tuple(sorted(role.value for role in Role)), "proposal"),
            known("verdict", ("", "approved", "turned_down", "withdrawn"), "proposal"),
            models.CheckConstraint(
                name="nobody_proposes_himself", condition=~Q(person=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="a_role_is_approved_by_a_third",
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | Q(verdict="withdrawn", decided_at__isnull=False)
                | Q(
                    ~Q(decided_by=F("proposed_by")),
                    ~Q(decided_by=F("person")),
                    verdict__in=["approved", "turned_down"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_role_is_given_once_approved",
                condition=Q(given_at=None) | Q(verdict="approved"),
            ),
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
