"""Seals what allauth stores under a realm's personal key, bound to the account it belongs to."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from tanxin.apps.sealing.pii import open_pii, seal_pii

FIELD = "second-factor"
NAME = "Tanxin"


class NobodysSecret(Exception):
    """A secret was to be sealed or opened without saying whose it is."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The realm whose key seals, the account it is bound to."""

    realm_id: UUID
    account_id: UUID


_keeping: ContextVar[Keeping | None] = ContextVar("keeping", default=None)


@contextmanager
def secrets_of(realm_id: UUID, account_id: UUID) -> Iterator[None]:
    token = _keeping.set(Keeping(realm_id, account_id))
    try:
        yield
    finally:
        _keeping.reset(token)


def seal_secret(text: str) -> str:
    here = _here()
    sealed = seal_pii(here.realm_id, here.account_id, FIELD, text)
    return f"{here.realm_id.hex}.{b64encode(sealed).decode()}"


def open_secret(sealed: str) -> str:
    realm, _, content = sealed.partition(".")
    return open_pii(UUID(realm), _here().account_id, FIELD, b64decode(content))


def _here() -> Keeping:
    here = _keeping.get()
    if here is None:
        raise NobodysSecret
    return here


class SealingAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is not typed
    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(encrypted_text)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        handle = user.get_username()
        return {"id": str(user.pk).encode(), "display_name": handle, "name": handle}
