"""One step of a writer: a value put in, taken out or moved, in a copy."""

from collections.abc import Callable

from tanxin.core.drafting.tree import Path, Tree

Change = Callable[[Tree], Tree]


class NoSuchPlace(Exception):
    """The draft has nothing there."""


def at(tree: Tree, path: Path) -> Tree:
    """Raises ``NoSuchPlace``."""
    for key in path:
        tree = _inside(tree, key)
    return tree


def put(tree: Tree, path: Path, value: Tree) -> Tree:
    """Nothing in place of an entry under a name takes the name away."""
    if not path:
        return value
    key = path[0]
    if isinstance(tree, dict):
        inner = put(tree.get(str(key)), path[1:], value)
        changed = {**tree, str(key): inner}
        return {name: each for name, each in changed.items() if each is not None}
    if tree is None and isinstance(key, str):
        return put({}, path, value)
    if isinstance(tree, list) and isinstance(key, int) and 0 <= key < len(tree):
        inner = put(tree[key], path[1:], value)
        return [*tree[:key], {} if inner is None else inner, *tree[key + 1 :]]
    raise NoSuchPlace(path)


def removed(tree: Tree, path: Path) -> Tree:
    """Raises ``NoSuchPlace``."""
    *above, key = path
    held = at(tree, tuple(above))
    _inside(held, key)
    left: Tree = None
    if isinstance(held, list):
        left = [each for place, each in enumerate(held) if place != key]
    elif isinstance(held, dict):
        left = {name: each for name, each in held.items() if name != key}
    return put(tree, tuple(above), left or None) if above else (left or {})


def moved(tree: Tree, path: Path, by: int) -> Tree:
    """Put an entry of a list ``by`` places further; at the end it stays. Raises ``NoSuchPlace``."""
    *above, key = path
    held = at(tree, tuple(above))
    if not isinstance(held, list) or not isinstance(key, int) or not 0 <= key < len(held):
        raise NoSuchPlace(path)
    others = [each for place, each in enumerate(held) if place != key]
    to = min(max(key + by, 0), len(others))
    return put(tree, tuple(above), [*others[:to], held[key], *others[to:]])


def added(tree: Tree, section: Path, value: Tree, name: str = "") -> tuple[Tree, Path]:
    """Put an entry at the end, under a name that is free; returns where it stands as well."""
    held = _or_nothing(tree, section)
    if name:
        names = held if isinstance(held, dict) else {}
        free, number = name, 2
        while free in names:
            free, number = f"{name}{'_' if '_' in name else '-'}{number}", number + 1
        return put(tree, section, {**names, free: value}), (*section, free)
    listed = held if isinstance(held, list) else [] if held is None else [held]
    return put(tree, section, [*listed, value]), (*section, len(listed))


def _or_nothing(tree: Tree, path: Path) -> Tree:
    try:
        return at(tree, path)
    except NoSuchPlace:
        return None


def _inside(tree: Tree, key: str | int) -> Tree:
    if isinstance(tree, dict) and isinstance(key, str) and key in tree:
        return tree[key]
    if isinstance(tree, list) and isinstance(key, int) and 0 <= key < len(tree):
        return tree[key]
    raise NoSuchPlace(key)
