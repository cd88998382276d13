"""Many texts in one string, so that a search through all of them runs inside ``str.find``."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class Haystack:
    """Each entry has one or more lines; ``hits`` names entries in the order they were given."""

    def __init__(self, entries: Iterable[Iterable[str]]) -> None:
        blocks = ["\n" + "\n".join(lines) for lines in entries]
        self.starts: list[int] = []
        end = 0
        for block in blocks:
            self.starts.append(end)
            end += len(block)
        self.text = "".join(blocks)

    def beginning(self, text: str) -> Iterator[int]:
        """Entries with a line that begins with ``text``."""
        return self.hits("\n" + text)

    def block(self, entry: int) -> str:
        """The lines of one entry, each after a line break."""
        ends = self.starts[entry + 1 : entry + 2]
        return self.text[self.starts[entry] : ends[0] if ends else None]

    def hits(self, text: str) -> Iterator[int]:
        at = self.text.find(text)
        while at != -1:
            entry = bisect_right(self.starts, at) - 1
            yield entry
            if entry + 1 == len(self.starts):
                return
            at = self.text.find(text, self.starts[entry + 1])
