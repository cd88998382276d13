from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tanxin.apps.realms.models import Realm


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(handle=username)


class Account(AbstractBaseUser):
    """A login, without name, phone or mail; ``handle`` is a staff number or a nickname."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    handle = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="zh-hans")
    theme = models.CharField(max_length=5, default="auto")
    large_print = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "handle"
    objects = AccountManager()


class Session(models.Model):
    """An open login. Without the cookie a row can neither be used nor read.

    ``digest`` is the SHA-256 of the cookie, ``content`` is encrypted under a key derived from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    content = models.BinaryField()
    device = models.CharField(max_length=32, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class ResetCode(models.Model):
    """A code somebody was given to choose a new password with; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class LoginFailures(models.Model):
    """How often logging in failed lately for one account or from one source, named by a digest."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()


class FailedAttempts(models.Model):
    """How often somebody failed to log in to an account since it was logged in last.

    ``before_login`` is how many there were at that login; the moments say when a leaf was written.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    before_login = models.PositiveIntegerField(default=0)
    failed_noted_at = models.DateTimeField(null=True)
    locked_noted_at = models.DateTimeField(null=True)


class KnownBrowser(models.Model):
    """A browser, in the two words that are kept of it, from which an account was logged in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    device = models.CharField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "device"], name="a_browser_is_known_once")
        ]


class CalendarAddress(models.Model):
    """Where calendars fetch one person's times; of the secret in it only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    realm = models.ForeignKey(Realm, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["realm", "account"], name="one_calendar_address_each")
        ]
