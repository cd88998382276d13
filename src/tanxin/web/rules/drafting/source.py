"""One value of a draft as source."""

from tanxin.core.drafting.tree import Tree, serialized

INNER = 3


def source_of(tree: Tree) -> str:
    if tree is None:
        return ""
    if isinstance(tree, dict | list):
        return serialized(tree, INNER).strip()
    return serialized([tree], INNER).strip().removeprefix("- ")
