"""Unsafe combinations of settings refuse to start."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable, believes_web
from tanxin.apps.talks.providers import provider
from tanxin.config.safe_doors import the_marking_door_stands, uploads_stay_in_memory

SECRET_LENGTH = 40


def demo_only_on_this_machine(*_: object, **__: object) -> Sequence[CheckMessage]:
    """Demo mode lets anybody in as anybody, so it only answers to this machine's own names."""
    local = {"localhost", "127.0.0.1", "[::1]", "testserver"}
    if not settings.TANXIN_DEMO or set(settings.ALLOWED_HOSTS) <= local:
        return []
    return [
        Error(
            "Demo mode answers only to localhost; it lets anybody in without a password.",
            hint="Unset TANXIN_DEMO, or remove the other names from TANXIN_HOSTS.",
            id="tanxin.E001",
        )
    ]


def demo_never_meets_a_real_realm(*_: object, **__: object) -> Sequence[CheckMessage]:
    home = settings.TANXIN_HOME
    if not settings.TANXIN_DEMO or (home / "demo").exists() or not home.exists():
        return []
    if not any(home.glob("*.sqlite3")):
        return []
    return [
        Error(
            f"{home} holds the data of a real realm, and demo mode is on.",
            hint="Unset TANXIN_DEMO, or point TANXIN_HOME at another directory.",
            id="tanxin.E003",
        )
    ]


def the_secret_is_long(*_: object, **__: object) -> Sequence[CheckMessage]:
    if len(settings.SECRET_KEY) >= SECRET_LENGTH:
        return []
    return [
        Error(
            "TANXIN_SECRET_KEY is missing or shorter than 40 characters.",
            hint="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'",
            id="tanxin.E002",
        )
    ]


def only_the_demo_s_keeper_believes_us(*_: object, **__: object) -> Sequence[CheckMessage]:
    """A keeper started with --believe-web takes anybody for whom we name: the demo's alone may."""
    if settings.TANXIN_DEMO or not keeper_believes_web():
        return []
    return [
        Error(
            f"The keeper at {settings.TANXIN_KEEPER_SOCKET} was started with --believe-web.",
            hint="Start it with `tanxin keeper run`, which asks everybody for his password.",
            id="tanxin.E006",
        )
    ]


def certificates_can_be_checked(*_: object, **__: object) -> Sequence[CheckMessage]:
    try:
        provider()
    except (OSError, ImportError, ValueError, TypeError) as fault:
        return [
            Error(
                f"Signatures by certificate cannot be checked: {fault}",
                hint="TANXIN_CERTIFICATE_ROOTS is a PEM file that this process may read.",
                id="tanxin.E009",
            )
        ]
    return []


def keeper_believes_web() -> bool:
    """No, where it does not answer: then nothing is opened either."""
    try:
        return believes_web()
    except (KeeperUnavailable, KeeperRefused):
        return False


def register_all() -> None:
    register(only_the_demo_s_keeper_believes_us, deploy=True)
    register(demo_only_on_this_machine)
    register(demo_never_meets_a_real_realm)
    register(the_secret_is_long)
    register(the_marking_door_stands)
    register(uploads_stay_in_memory)
    register(certificates_can_be_checked)
