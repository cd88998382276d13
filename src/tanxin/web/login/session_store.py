"""Django's sessions on our own table. The store asks the clock; the table is told the time."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.utils import timezone

from tanxin.apps.accounts import sessions
from tanxin.apps.accounts.sessions import Begun, SessionGone, SessionTaken

DEVICE = "_device"
KEY_BYTES = 32


class SessionStore(SessionBase):
    """A new key keeps the beginning: the eight hours of a login cannot be drawn out by it."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.began_at: datetime | None = None
        self.noted = False

    def load(self) -> dict[str, Any]:
        key = self.session_key
        found = sessions.read_session(key, at=timezone.now()) if key else None
        if found is None:
            self._session_key = None
            return {}
        self.began_at, self.noted = found.begun.at, found.noted
        loaded: dict[str, Any] = self.serializer().loads(found.content)
        return loaded

    def exists(self, session_key: str) -> bool:
        return sessions.has_session(session_key)

    def create(self) -> None:
        while True:
            self._session_key = token_urlsafe(KEY_BYTES)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        if self.session_key is None:
            self.create()
        elif must_create:
            self._insert(self.session_key, self._held(load=False))
        else:
            self._update(self.session_key, self._held(load=True))

    def _held(self, *, load: bool) -> dict[str, Any]:
        held: dict[str, Any] = self._get_session(no_load=not load)  # type: ignore[attr-defined] # left out of the stubs
        return held

    def _insert(self, key: str, held: Mapping[str, Any]) -> None:
        begun, content = self._begun(held), self.serializer().dumps(held)
        device = str(held.get(DEVICE, ""))
        try:
            sessions.begin_session(key, begun, content, device=device, at=timezone.now())
        except SessionTaken:
            raise CreateError from None

    def _update(self, key: str, held: Mapping[str, Any]) -> None:
        try:
            sessions.write_session(key, self._begun(held), self.serializer().dumps(held))
        except SessionGone:
            raise UpdateError from None

    def _begun(self, held: Mapping[str, Any]) -> Begun:
        account = held.get(SESSION_KEY)
        self.began_at = self.began_at or timezone.now()
        return Begun(UUID(account) if account else None, self.began_at)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            sessions.end_session(key)

    def flush(self) -> None:
        super().flush()
        self.began_at = None

    @classmethod
    def clear_expired(cls) -> None:
        sessions.forget_expired(timezone.now())
