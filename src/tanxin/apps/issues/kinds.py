"""The kinds of issues of a realm. Without a row the shipped ones are in force."""

from django.db import models
from django.db.models import Q

from tanxin.apps.realms.models import RealmRow
from tanxin.core.issue_kinds import LONGEST_NAME


class IssueKind(RealmRow):
    """``key`` is what issues refer to; names may change, it stays.

    An empty ``zh`` is a shipped kind with its shipped name.
    """

    key = models.CharField(max_length=12)
    zh = models.CharField(max_length=LONGEST_NAME, blank=True)
    en = models.CharField(max_length=LONGEST_NAME, blank=True)
    place = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "key"], name="one_issue_kind_per_key"),
            models.UniqueConstraint(
                fields=["realm", "zh"], condition=~Q(zh=""), name="issue_kinds_differ_by_name"
            ),
        ]
