"""The realm's directory, asked for once in a request."""

from typing import cast

from django.http import HttpRequest

from tanxin.apps.org.directory import Directory, directory
from tanxin.web.requests import ActorRequest


def directory_of(request: HttpRequest) -> Directory:
    """The directory of the actor's realm; every name on a page comes from the same one."""
    held: Directory | None = getattr(request, "directory", None)
    if held is None:
        held = directory(cast("ActorRequest", request).actor.realm_id)
        request.directory = held  # type: ignore[attr-defined] # kept on the request on purpose
    return held
