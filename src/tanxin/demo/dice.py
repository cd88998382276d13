from random import Random


def dice(purpose: str) -> Random:
    """Chance that falls the same way every time, independently for each purpose."""
    return Random(f"临澜 {purpose}")  # noqa: S311 - it invents people, it guards nothing
