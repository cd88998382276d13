"""Dated facts about an organisation.

Every fact is true from ``start`` (the first day; empty means since ever) until the day before
``end`` (empty means open). A correction voids a row and adds another, so both what was true on a
day and what was believed to be true can be asked.
"""

from django.db import models
from django.db.models import F, Q

from tanxin.apps.accounts.models import Account
from tanxin.apps.realms.models import RealmRow

UNIT_KINDS = (
    "organ", "department", "section", "institution", "college", "ward", "subsidiary", "workshop",
    "committee", "general_branch", "branch", "group", "other",
)  # fmt: skip
PARTY_UNIT_KINDS = ("committee", "general_branch", "branch", "group")
POST_LEVELS = ("chief", "deputy", "member", "head", "deputy_head", "staff")
TEAM_KINDS = ("leadership", "party_group", "branch_committee")
SEAT_ROLES = ("chief", "deputy", "member")
BRANCH_ROLES = ("secretary", "deputy", "committee", "member")
CONTACT_KINDS = ("liaison", "pair", "area", "mentor")
# The three administrators have a table of their own, see ``trust``.
ROLES = ("inspector", "organiser", "supervisor")


def known(field: str, values: tuple[str, ...], table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_{field}_is_known", condition=Q(**{f"{field}__in": list(values)})
    )


def ends_after_start(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_ends_after_start",
        condition=Q(start=None) | Q(end=None) | Q(end__gt=F("start")),
    )


class Fact(RealmRow):
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Unit(RealmRow):
    """A node of the organisation; its name, place and kind are dated facts (``UnitSpell``)."""

    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "code"], name="unit_code_is_unique")
        ]


class UnitSpell(Fact):
    """What a unit was called, and under which unit it stood, for a time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spells", db_index=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "unit", "start"], name="spell_by_unit"),
            models.Index(fields=["realm", "parent", "order"], name="spell_by_parent"),
        ]
        constraints = [
            known("kind", UNIT_KINDS, "unit"),
            ends_after_start("unit"),
            models.CheckConstraint(
                name="unit_is_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("unit"))
            ),
        ]


class Person(RealmRow):
    """A person of the roster. Name, phone, mail, ID number and free columns are sealed bytes."""

    number = models.CharField(max_length=40, blank=True)
    name_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, max_length=32)
    id_sealed = models.BinaryField(null=True)
    id_index = models.BinaryField(null=True, max_length=32)
    mail_sealed = models.BinaryField(null=True)
    details_sealed = models.BinaryField(null=True)
    gender = models.CharField(max_length=1, blank=True)
    birth = models.CharField(max_length=10, blank=True)
    politics = models.CharField(max_length=2, blank=True)
    joined_party = models.DateField(null=True, blank=True)
    started_work = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "number"], condition=~Q(number=""), name="staff_number_is_unique"
            ),
            models.UniqueConstraint(fields=["realm", "id_index"], name="id_number_is_unique"),
        ]
        indexes = [models.Index(fields=["realm", "phone_index"], name="person_by_phone")]


class DirectoryVersion(models.Model):
    """Raised with every change of a name, unit or post, so that processes reload the directory."""

    realm = models.OneToOneField("realms.Realm", models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)


class Membership(RealmRow):
    """Links an account to one person of a realm."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "account"], name="one_person_per_account"),
            models.UniqueConstraint(fields=["realm", "person"], name="one_account_per_person"),
        ]


class RoleHolding(Fact):
    """A task for the whole realm entrusted to a person, from a day to a day.

    An inspector looks at talks held from ``looks_since`` on and before ``looks_before``.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16)
    looks_since = models.DateField(null=True)
    looks_before = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "role"], name="role_by_person")]
        constraints = [known("role", ROLES, "held"), ends_after_start("role")]


class Post(RealmRow):
    """A position in a unit. Its title is public and plain."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", db_index=False)
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=16)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "unit", "title"], name="post_title_is_unique"),
            known("level", POST_LEVELS, "post"),
        ]


class Tenure(Fact):
    """A person holds a post."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "start"], name="tenure_by_person"),
            models.Index(fields=["realm", "post", "start"], name="tenure_by_post"),
        ]
        constraints = [ends_after_start("tenure")]


class RankHolding(Fact):
    """A person holds a rank (职级); ``rank`` is a code of ``apps.org.codes``."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ranks", db_index=False)
    rank = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "start"], name="rank_by_person")]
        constraints = [ends_after_start("rank")]


class Team(RealmRow):
    """A 班子 of a unit: its leadership, its party group, or a branch committee."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams", db_index=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "unit", "name"], name="team_name_is_unique"),
            known("kind", TEAM_KINDS, "team"),
        ]


class Seat(Fact):
    """A person sits in a team, as its chief or otherwise."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="seats", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", db_index=False)
    role = models.CharField(max_length=8)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "team", "start"], name="seat_by_team"),
            models.Index(fields=["realm", "person", "start"], name="seat_by_person"),
        ]
        constraints = [known("role", SEAT_ROLES, "seat"), ends_after_start("seat")]


class Charge(Fact):
    """A leader is in charge of a unit (分管)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="charges", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "start"], name="charge_by_person"),
            models.Index(fields=["realm", "unit", "start"], name="charge_by_unit"),
        ]
        constraints = [ends_after_start("charge")]


class BranchMember(Fact):
    """A party member belongs to a branch, in a role."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="branches", db_index=False)
    branch = models.ForeignKey(Unit, models.PROTECT, related_name="members", db_index=False)
    role = models.CharField(max_length=10)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "start"], name="branch_by_person"),
            models.Index(fields=["realm", "branch", "start"], name="branch_by_unit"),
        ]
        constraints = [known("role", BRANCH_ROLES, "branch"), ends_after_start("branch")]


class Contact(Fact):
    """A relation outside the organisation chart: 联系, 结对, 包片, 帮带, or a pack's own word."""

    kind = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts", db_index=False)
    other = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "start"], name="contact_by_person"),
            models.Index(fields=["realm", "other", "start"], name="contact_by_other"),
        ]
        constraints = [
            ends_after_start("contact"),
            models.CheckConstraint(
                name="contact_names_a_person_or_a_unit",
                condition=Q(other=None, unit__isnull=False) | Q(other__isnull=False, unit=None),
            ),
            models.CheckConstraint(
                name="contact_is_not_with_oneself",
                condition=Q(other=None) | ~Q(other=F("person")),
            ),
        ]


class Delegation(Fact):
    """Somebody may hold talks for another (受委托); they count for him who delegates.

    ``rule`` is the id of a rule, empty for all that allow it. Who approved it is part of the fact.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="delegations", db_index=False)
    delegate = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    rule = models.CharField(max_length=80, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    approved_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "start"], name="delegation_by_person")]
        constraints = [
            ends_after_start("delegation"),
            models.CheckConstraint(
                name="delegation_is_to_another", condition=~Q(delegate=F("person"))
            ),
            models.CheckConstraint(
                name="delegation_is_approved_by_another", condition=~Q(approved_by=F("delegate"))
            ),
        ]


class Authority(Fact):
    """A unit manages those of a rank, or all, in a unit and below (干部管理权限)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="authorities", db_index=False)
    over = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    rank = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "unit", "start"], name="authority_by_unit")]
        constraints = [ends_after_start("authority")]


class PersonState(Fact):
    """A dated state of a person that matters for talks; often sensitive."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="states", db_index=False)
    kind = models.CharField(max_length=20)
    sensitive = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["realm", "person", "start"], name="state_by_person"),
            models.Index(fields=["realm", "kind", "start"], name="state_by_kind"),
        ]
        constraints = [
            ends_after_start("state"),
            models.CheckConstraint(name="state_has_a_source", condition=~Q(source="")),
        ]


class Event(RealmRow):
    """Something dated that triggers duties; ``on`` may move.

    Beside a person a unit may stand: the branch he applied to, the unit he asks for a talk.
    """

    kind = models.CharField(max_length=40)
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    sensitive = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["realm", "kind", "on"], name="event_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="event_is_about_one_thing",
                condition=Q(unit__isnull=False, team=None, person=None)
                | Q(unit=None, team__isnull=False, person=None)
                | Q(team=None, person__isnull=False),
            )
        ]


class Upload(RealmRow):
    """A roster somebody is looking at before he accepts it: sealed whole, with its name."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["realm", "person", "uploaded_at"], name="upload_by_person")]
