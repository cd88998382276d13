"""The suites there are, by the byte that names them in every header. Bytes are never reused."""

from types import MappingProxyType

from tanxin.core.vault.gm import Gm1
from tanxin.core.vault.intl import Intl1
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.refusals import UnknownSuite

INTL_1 = Intl1.suite
GM_1 = Gm1.suite
SUITES: MappingProxyType[int, Provider] = MappingProxyType({INTL_1: Intl1(), GM_1: Gm1()})


def provider_for(suite: int) -> Provider:
    """Return the provider of ``suite`` or raise ``UnknownSuite``."""
    try:
        return SUITES[suite]
    except KeyError:
        raise UnknownSuite(f"suite {suite} is not known") from None
