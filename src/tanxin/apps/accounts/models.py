from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(handle=username)


class Account(AbstractBaseUser):
    """A login, without name, phone or mail; ``handle`` is a staff number or a nickname."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    handle = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh-hans")
    theme = models.CharField(max_length=5, default="auto")
    large_print = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "handle"
    objects = AccountManager()


class LoginFailures(models.Model):
    """How often logging in failed lately for one account or from one source, named by a digest."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
