"""The words of the undertaking that a new organisation begins with."""

from importlib.resources import files


def undertaking_text() -> str:
    return files(__package__).joinpath("undertaking.txt").read_text(encoding="utf-8").strip()
