"""Near copies among many sketches, beside the libraries of PyPI that are installed, in one run.

``python -m bench.likeness [SKETCHES]``, 100,000 unless given. Copies of four degrees are planted
among sketches that share what unrelated records share; recall is how many are found. A library is
given the same sketches, fewer of them where it is slow, and only its search is timed.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from random import Random

from tanxin.core.likeness import SKETCH_BYTES, sketch
from tanxin.core.likeness.near import LEAST, near_pairs
from tanxin.demo.trial.words import record, text_of

USUAL = 100_000
LARGEST_FOR_PEER = 10_000
DEGREES = (0.7, 0.8, 0.9, 0.97)
UNRELATED = 0.08
ONE_IN = 50
TEXTS = 400
Pair = tuple[int, int]


def mixed(chance: Random, one: bytes, share: float) -> bytes:
    """New bytes, of which about ``share`` are those of ``one``."""
    table = bytes(255 if byte < share * 256 else 0 for byte in range(256))
    kept = int.from_bytes(chance.randbytes(SKETCH_BYTES).translate(table))
    fresh = int.from_bytes(chance.randbytes(SKETCH_BYTES))
    whole = (1 << 8 * SKETCH_BYTES) - 1
    return ((int.from_bytes(one) & kept) | (fresh & (kept ^ whole))).to_bytes(SKETCH_BYTES)


def sketches(count: int, chance: Random) -> tuple[list[bytes], dict[Pair, float]]:
    """Sketches and the planted pairs among them with their degree."""
    usual = chance.randbytes(SKETCH_BYTES)
    made: list[bytes] = []
    planted: dict[Pair, float] = {}
    while len(made) < count:
        if made and len(made) % ONE_IN == 0:
            degree, at = chance.choice(DEGREES), chance.randrange(len(made))
            planted[at, len(made)] = degree
            made.append(mixed(chance, made[at], degree))
        else:
            made.append(mixed(chance, usual, UNRELATED))
    return made, planted


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.process_time()
    done = work()
    return time.process_time() - begun, done


def found_of(planted: dict[Pair, float], found: set[Pair]) -> Iterator[str]:
    for degree in DEGREES:
        pairs = {pair for pair, one in planted.items() if one == degree}
        yield f"{degree}: {len(pairs & found) / max(1, len(pairs)):.3f}"


def datasketch_pairs(held: Sequence[bytes]) -> set[Pair]:
    library, numpy = import_module("datasketch"), import_module("numpy")
    index = library.MinHashLSH(threshold=LEAST, num_perm=SKETCH_BYTES)
    pairs: set[Pair] = set()
    for at, one in enumerate(held):
        values = numpy.frombuffer(one, dtype=numpy.uint8).astype(numpy.uint64)
        asked = library.MinHash(num_perm=SKETCH_BYTES, hashvalues=values, scheme="legacy")
        pairs |= {(other, at) for other in index.query(asked)}
        index.insert(at, asked)
    return pairs


PEERS: dict[str, Callable[[Sequence[bytes]], set[Pair]]] = {"datasketch": datasketch_pairs}


def main(count: int) -> None:
    chance = Random(7)  # noqa: S311 - a sample
    texts = [text_of(record(chance)) for _ in range(TEXTS)]
    spent, _ = seconds(lambda: [sketch(text, bytes(32)) for text in texts])
    signs = sum(map(len, texts)) // TEXTS
    say(f"sketching, records of {signs} signs: {TEXTS / spent:,.0f} records/s")
    made, planted = sketches(count, chance)
    spent, pairs = seconds(lambda: near_pairs(made))
    ours = count / spent
    recall = " · ".join(found_of(planted, set(pairs)))  # type: ignore[call-overload] # what it gives
    say(f"near copies among {count:,}: {spent:.1f} s, {ours:,.0f} records/s; recall {recall}")
    few = made[:LARGEST_FOR_PEER]
    within = {pair: degree for pair, degree in planted.items() if pair[1] < len(few)}
    for name, search in PEERS.items():
        if find_spec(name) is None:
            say(f"{name} is not installed: not compared")
            continue
        spent, theirs = seconds(lambda search=search: search(few))  # type: ignore[misc] # bound now
        recall = " · ".join(found_of(within, set(theirs)))  # type: ignore[call-overload] # as above
        rate = len(few) / spent
        ratio = f"ours ÷ its {ours / rate:.1f}"
        say(f"{name} among {len(few):,}: {rate:,.0f} records/s, {ratio}; recall {recall}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else USUAL)
