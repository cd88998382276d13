"""Passkeys as a second factor. allauth keeps the challenge in the session of the request."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.db import transaction

from tanxin.apps.accounts.limiter import factor_counter, forget, take_attempt
from tanxin.apps.accounts.models import Account
from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.second_factor.adapter import seal_secret, secrets_of
from tanxin.apps.accounts.second_factor.codes import first_codes
from tanxin.core.access import Actor

KIND = Authenticator.Type.WEBAUTHN
# What the parsers below us say of an answer that is none.
UNREADABLE = (ValidationError, ValueError, LookupError, TypeError, AttributeError, InvalidSignature)


class PasskeyRefused(Exception):
    """The answer is not one of this account's keys to the question that was asked."""


def creation_options(account: Account) -> str:
    """What the browser asks a new key, as JSON."""
    return as_json(auth.begin_registration(account, passwordless=False))


def request_options(account: Account) -> str:
    """What the browser asks the known keys, as JSON; empty where there are none."""
    if not has_passkey(account.pk):
        return ""
    return as_json(auth.begin_authentication(account))


def has_passkey(account_id: UUID) -> bool:
    return bool(Authenticator.objects.filter(user=account_id, type=KIND).exists())


def add_passkey(
    actor: Actor, account: Account, name: str, answer: str, *, at: datetime
) -> list[str]:
    """Returns the recovery codes if there were none yet. Raises ``PasskeyRefused``."""
    credential = parsed(answer)
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except UNREADABLE as reason:
        raise PasskeyRefused from reason
    with secrets_of(actor.realm_id, account.pk), transaction.atomic():
        auth.WebAuthn.add(account, seal_secret(name), credential)
        codes = first_codes(account)
        note("account.second_factor_added", actor, at, kind=KIND.value)
    return codes


def check_passkey(account: Account, answer: str, *, at: datetime) -> None:
    """Raises ``PasskeyRefused`` or ``TooManyAttempts``."""
    tries = factor_counter(account.pk)
    take_attempt([tries], at)
    credential = parsed(answer)
    try:
        auth.parse_authentication_response(credential)
        known = auth.complete_authentication(account, credential)
    except UNREADABLE as reason:
        raise PasskeyRefused from reason
    Authenticator.objects.filter(pk=known.pk).update(last_used_at=at)
    forget([tries])


def parsed(answer: str) -> dict[str, Any]:
    try:
        credential = json.loads(answer)
    except (ValueError, RecursionError) as reason:
        raise PasskeyRefused from reason
    if not isinstance(credential, dict):
        raise PasskeyRefused
    return credential


def as_json(options: Any) -> str:  # noqa: ANN401 - fido2's mappings
    def plain(value: Any) -> Any:  # noqa: ANN401 - as above
        if hasattr(value, "items"):
            return {key: plain(item) for key, item in value.items() if item is not None}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return value

    return json.dumps(plain(options))
