"""The realms this keeper has keys for. Keys live unwrapped in memory only."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from uuid import UUID

from tanxin.core.vault.envelope import unwrap_realm_key, wrap_realm_key
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.provider import Provider
from tanxin.keeper.realm_store import RealmStore
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.root import sync_directory

DIRECTORY = "realms"
_SUFFIX = ".sqlite3"


@dataclass(frozen=True, slots=True)
class KeptRealm:
    keys: dict[int, RealmKey]
    store: RealmStore

    @property
    def current(self) -> RealmKey:
        return self.keys[max(self.keys)]


class Realms:
    def __init__(self, home: Path, root: bytes, provider: Provider) -> None:
        self._home = home / DIRECTORY
        self._home.mkdir(mode=0o700, exist_ok=True)
        self._root = root
        self._provider = provider
        self._lock = Lock()
        self._open: dict[UUID, KeptRealm] = {}

    @property
    def home(self) -> Path:
        return self._home.parent

    def get(self, realm: UUID) -> KeptRealm:
        """Return the realm or refuse: reading never makes a key."""
        with self._lock:
            if realm not in self._open:
                if not self._path(realm).exists():
                    raise Refused(Code.UNKNOWN_REALM)
                self._open[realm] = self._load(realm)
            return self._open[realm]

    def ensure(self, realm: UUID, provider: Provider | None = None) -> KeptRealm:
        """Return the realm, with a first key (of ``provider``'s suite) if it had none."""
        with self._lock:
            if realm not in self._open:
                self._create(realm, provider or self._provider)
                self._open[realm] = self._load(realm)
            return self._open[realm]

    def add_version(self, realm: UUID, provider: Provider) -> KeptRealm:
        """Give the realm a newer key; what is sealed from now on is sealed under it."""
        kept = self.get(realm)
        with self._lock:
            known = self._open[realm].keys
            key = RealmKey(realm, max(known) + 1, provider.suite, provider.secret())
            kept.store.add_wrapped_key(key.version, wrap_realm_key(self._root, key))
            return self._replace(realm, {**known, key.version: key})

    def forget_version(self, realm: UUID, version: int) -> KeptRealm:
        """Hold a destroyed key no longer."""
        with self._lock:
            known = self._open[realm].keys
            return self._replace(realm, {v: key for v, key in known.items() if v != version})

    def _replace(self, realm: UUID, keys: dict[int, RealmKey]) -> KeptRealm:
        """Put another in its place: requests that are under way go on with the one they have."""
        self._open[realm] = KeptRealm(keys, self._open[realm].store)
        return self._open[realm]

    def close(self) -> None:
        with self._lock:
            for kept in self._open.values():
                kept.store.close()
            self._open.clear()

    def _path(self, realm: UUID) -> Path:
        return self._home / f"{realm}{_SUFFIX}"

    def _create(self, realm: UUID, provider: Provider) -> None:
        store = RealmStore(self._path(realm), realm)
        try:
            if not store.wrapped_keys():
                key = RealmKey(realm, 1, provider.suite, provider.secret())
                store.add_wrapped_key(key.version, wrap_realm_key(self._root, key))
                sync_directory(self._home)
        finally:
            store.close()

    def _load(self, realm: UUID) -> KeptRealm:
        store = RealmStore(self._path(realm), realm)
        try:
            keys = {
                version: unwrap_realm_key(self._root, wrapped, realm=realm, version=version)
                for version, wrapped in store.wrapped_keys().items()
            }
        except BaseException:
            store.close()
            raise
        if not keys:
            store.close()
            raise Refused(Code.UNKNOWN_REALM)
        return KeptRealm(keys, store)


def realm_files(home: Path) -> list[Path]:
    """Return the files of all realms that were ever kept under ``home``."""
    return sorted((home / DIRECTORY).glob(f"*{_SUFFIX}"))
