"""Trees in memory, and the proofs about them, good and bad."""

from collections.abc import Iterator

from tanxin.core.vault.proofs import WIDTH, Grown, Place, Prover, fold
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import leaf_hash


class Stored:
    """All complete subtrees of 256 ** level leaves."""

    def __init__(self, provider: Provider, leaves: list[bytes]) -> None:
        self.levels = [leaves]
        while len(row := self.levels[-1]) >= WIDTH:
            whole = range(0, len(row) - WIDTH + 1, WIDTH)
            self.levels.append([fold(provider, row[at : at + WIDTH]) for at in whole])

    def read(self, level: int, begin: int, end: int) -> list[bytes]:
        found = self.levels[level][begin:end]
        assert len(found) == end - begin
        return found


def prover(size: int, suite: int = 1) -> Prover:
    provider = provider_for(suite)
    return Prover(provider, Stored(provider, [leaf_hash(provider, b"%d" % n) for n in range(size)]))


def inclusion_cases(suite: int) -> Iterator[tuple[bool, bool]]:
    """(what is true, what the check says) for good paths and for each way to spoil one."""
    made = prover(130, suite)
    provider, leaves = made.provider, made.nodes.read(0, 0, 130)
    for size in (1, 2, 3, 7, 8, 13, 64, 65, 130):
        root = made.root(size)
        for index in sorted({0, size // 2, size - 1}):
            path, leaf = made.inclusion(index, size), leaves[index]

            def said(leaf=leaf, index=index, size=size, path=path, root=root):
                return Place(index, size, root).is_proved(provider, leaf, path)

            yield True, said()
            yield False, said(leaf=provider.hash(b"another"))
            yield False, said(root=provider.hash(b"another"))
            yield False, said(index=size)
            yield False, said(index=-1)
            yield False, said(path=[*path, root])
            yield False, said(path=[step[:-1] for step in path] or [b""])
            if path:
                yield False, said(path=path[:-1])
                yield False, said(path=path[1:])
                yield False, said(path=[])
                yield False, said(index=index ^ 1)
                yield False, said(leaf=path[0], path=[leaf, *path[1:]])
                for at in range(len(path)):
                    yield False, said(path=[*path[:at], bytes(32), *path[at + 1 :]])


def consistency_cases(suite: int) -> Iterator[tuple[bool, bool]]:
    made = prover(130, suite)
    for newer in (1, 2, 3, 8, 13, 64, 130):
        for older in sorted({1, newer // 2 or 1, newer - 1 or 1, newer}):
            path, roots = made.consistency(older, newer), (made.root(older), made.root(newer))

            def said(older=older, newer=newer, path=path, roots=roots):
                grown = Grown(older, roots[0], newer, roots[1])
                return grown.is_proved(made.provider, path)

            yield True, said()
            yield False, said(roots=(roots[0], bytes(32)))
            yield False, said(roots=(bytes(32), roots[1]))
            yield False, said(path=[*path, bytes(32)])
            yield False, said(older=0)
            yield False, said(older=newer + 1)
            yield False, said(path=[b"short", *path])
            if path:
                yield False, said(path=path[1:])
                yield False, said(path=path[:-1])
                yield False, said(path=[])
                yield False, said(roots=roots[::-1])
                for at in range(len(path)):
                    yield False, said(path=[*path[:at], bytes(32), *path[at + 1 :]])
