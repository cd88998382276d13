"""What people say in the demo's talks: sentences by situation, each dealt once before any again."""

from tanxin.demo.texts.deck import Deck, Matter, Trouble, read_troubles

__all__ = ["Deck", "Matter", "Trouble", "read_troubles"]
