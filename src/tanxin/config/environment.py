"""Reads ``TANXIN_…`` variables; a secret may stand in a file named by ``TANXIN_…_FILE``."""

import os
from pathlib import Path
from typing import Any

import environ

SQLITE_MANNERS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST;"
)


def text(name: str, default: str = "") -> str:
    path = os.environ.get(f"TANXIN_{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(f"TANXIN_{name}", default)


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(embedded: Path) -> dict[str, Any]:
    """``TANXIN_DATABASE_URL`` (``postgres://…``), else SQLite at home.

    SQLite opens every transaction as a writer and syncs fully, so that what was acknowledged
    survives a power cut and two writers queue instead of failing. What it sorts stays in memory,
    and what is deleted is overwritten where its page is written anyway.
    """
    url = text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": text("SQLITE", str(embedded)),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_MANNERS,
            },
        }
    parsed: dict[str, Any] = environ.Env.db_url_config(url)
    options: dict[str, Any] = {"application_name": "tanxin"}
    if not flag("NO_POOL"):
        options |= {"pool": True}
    return {**parsed, "OPTIONS": {**parsed.get("OPTIONS", {}), **options}}


def home(demo: Path) -> Path:
    """``TANXIN_HOME``, else the demo under the working directory, else ``demo``."""
    here = Path.cwd() / "var" / "demo"
    return Path(text("HOME", str(here if here.exists() else demo))).resolve()


def kept_secret(path: Path) -> str:
    """The secret that ``tanxin demo`` made; a real realm sets ``TANXIN_SECRET_KEY``."""
    return path.read_text(encoding="ascii").strip() if path.exists() else ""
