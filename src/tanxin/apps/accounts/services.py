from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tanxin.apps.accounts.models import Account


class HandleTaken(Exception):
    """Another account is called so."""


def hashed(password: str | None) -> str:
    """Hash before a transaction: it is slow on purpose. Without a password nobody can log in."""
    return make_password(password)


def create_account(handle: str, password_hash: str) -> UUID:
    """Raises ``HandleTaken``; a transaction around it can go on."""
    try:
        with transaction.atomic():
            return Account.objects.create(handle=handle, password=password_hash).pk
    except IntegrityError as reason:
        raise HandleTaken(handle) from reason


def expect_new_password(account_id: UUID) -> None:
    """Somebody else chose it: at the first login the owner chooses one that only he knows."""
    Account.objects.filter(pk=account_id).update(must_change_password=True)
