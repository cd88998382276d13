from django.utils import timezone

from tanxin.apps.accounts.failures import note_failure, spend_as_long
from tanxin.apps.accounts.sign_in import account_named
from tanxin.apps.org.actors import actor_of


def note_wrong_login(handle: str, step: str) -> None:
    """Where the account is known, owner and auditor learn of it; nobody at the door does."""
    account = account_named(handle.strip())
    actor = actor_of(account.pk, on=timezone.localdate()) if account else None
    if account is not None and actor is not None:
        note_failure(actor.realm_id, account, step, at=timezone.now())
    else:
        spend_as_long(handle.strip())
