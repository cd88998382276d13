"""Whether a page goes sideways at 320 px."""

from e2e.browsing import SMALLEST, Visitor

STICKS_OUT = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(one => one.outerHTML.slice(0, 160))"""


def goes_sideways(visitor: Visitor) -> list[str]:
    """What to say of the page that is shown; nothing if all is well."""
    shown = visitor.page.evaluate("document.documentElement.scrollWidth")
    if shown <= SMALLEST[0]:
        return []
    return [f"{visitor.view}: {shown} px, {visitor.page.evaluate(STICKS_OUT)}"]


def too_wide(visitor: Visitor, *, back_to: tuple[int, int]) -> list[str]:
    """The same of a page that was opened on a larger screen."""
    visitor.page.set_viewport_size(dict(zip(("width", "height"), SMALLEST, strict=True)))
    said = goes_sideways(visitor)
    visitor.page.set_viewport_size(dict(zip(("width", "height"), back_to, strict=True)))
    return said
