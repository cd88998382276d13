from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def open_to_all(view: View) -> View:
    """Mark a view that answers without a login."""
    view.open_to_all = True  # type: ignore[attr-defined] # a mark on the function itself
    return view
