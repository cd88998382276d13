"""Rules while they are written: a draft, every text it ever had, and who put it in force."""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.duties.models import PackInForce
from tanxin.apps.org.models import Person
from tanxin.apps.realms.models import RealmRow

WRITING, RETURNED, PROPOSED = "writing", "returned", "proposed"
PUBLISHED, DROPPED = "published", "dropped"
STATES = (WRITING, RETURNED, PROPOSED, PUBLISHED, DROPPED)
EDITABLE = (WRITING, RETURNED)


def _person() -> "models.ForeignKey[Person | None, Person | None]":
    return models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)


class PackDraft(RealmRow):
    """``number`` counts its texts; whoever changes one says which he had before him.

    What is proposed is frozen under its ``digest`` until another person has decided. Whoever acted
    from the shell is no person.
    """

    pack = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=WRITING)
    changed_by = _person()
    changed_at = models.DateTimeField()
    start = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    proposed_by = _person()
    proposed_at = models.DateTimeField(null=True)
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(null=True)
    published = models.ForeignKey(
        PackInForce, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["realm", "state", "changed_at"], name="draft_by_state")]
        constraints = [
            models.CheckConstraint(name="draft_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="proposed_draft_is_frozen",
                condition=~Q(state__in=(PROPOSED, PUBLISHED))
                | (~Q(digest="") & Q(start__isnull=False, proposed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="draft_is_decided_by_another",
                condition=~Q(state__in=(RETURNED, PUBLISHED))
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & (Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")))
                ),
            ),
            models.CheckConstraint(
                name="draft_is_published_by_another_than_wrote_it",
                condition=~Q(state=PUBLISHED) | Q(changed_by=None) | ~Q(decided_by=F("changed_by")),
            ),
            models.CheckConstraint(
                name="published_draft_names_its_pack",
                condition=Q(state=PUBLISHED, published__isnull=False)
                | (~Q(state=PUBLISHED) & Q(published=None)),
            ),
        ]


class DraftText(RealmRow):
    """One text of a draft as it was saved; never changed, so that any step can be taken back."""

    draft = models.ForeignKey(PackDraft, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = _person()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "draft", "number"], name="draft_text_has_its_number"
            )
        ]
