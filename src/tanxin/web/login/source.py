from django.conf import settings
from django.http import HttpRequest


def source_of(request: HttpRequest) -> str:
    """Where a request comes from, for the login limiter.

    Behind our own proxy that is the last address it has noted; what a client writes before it
    does not count. Elsewhere the header is not believed at all.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
