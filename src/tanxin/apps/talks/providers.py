"""Who checks certificates at this site, by its settings."""

from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from tanxin.core.certificates import Provider, TrustedRoots


def provider() -> Provider | None:
    """Who checks certificates here, if anybody; read anew each time, it is asked for seldom.

    Raises ``OSError``, ``ImportError`` or ``ValueError`` for settings that say nothing of use;
    ``tanxin serve`` does not start with them.
    """
    if settings.TANXIN_CERTIFICATE_PROVIDER:
        return cast("Provider", import_string(settings.TANXIN_CERTIFICATE_PROVIDER)())
    if settings.TANXIN_CERTIFICATE_ROOTS:
        return TrustedRoots(Path(settings.TANXIN_CERTIFICATE_ROOTS).read_bytes())
    return None
