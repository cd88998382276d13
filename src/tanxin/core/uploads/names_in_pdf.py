"""The entries of a PDF that name people and programs: blanked where they stand, at equal length."""

import re

from tanxin.core.uploads.refusals import FileRefused

NAMES = rb"Author|Creator|Producer|Title|Subject|Keywords|Company"
ENTRY = re.compile(rb"/(" + NAMES + rb")(?=[\0\s(<%])[\0\s]*(?:(\d{1,9})[\0\s]+\d{1,5}[\0\s]+R\b)?")
NAMED = re.compile(rb"/(?:" + NAMES + rb")\Z")
AUTHOR = re.compile(rb"/Author[\0\s]*[(<%\d]")
# A PDF can carry scripts, files and names; those who read it are shown none of it by us.
# ``/JS`` alone stands by chance in every large picture; its value has to follow.
RUNS = rb"JavaScript|Launch|EmbeddedFile|RichMedia|XFA|Encrypt"
ACTIVE = re.compile(rb"/(?:" + RUNS + rb")\b|/JS[\0\s]*(?:[(<%]|\d{1,9}[\0\s])")
CALLED_ACTIVE = re.compile(rb"/(?:JS|" + RUNS + rb")\Z")
HIDDEN = re.compile(rb"/[^\s\0/<>\[\](){}%#]{0,32}#[^\s\0/<>\[\](){}%]{1,96}")
SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT = re.compile(rb"\b(\d{1,9})[\0\s]+\d{1,5}[\0\s]+obj\b[\0\s]*")
UNSEEN = re.compile(rb"[%\d]")
BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
LONGEST = 2**16
NOTES = ((b"<?xpacket begin", b"<?xpacket end"), (b"<x:xmpmeta", b"</x:xmpmeta"))


def spelled(data: bytes) -> bytes:
    """Names may write any letter as a number: ``/J#53`` is ``/JS``."""
    return SPELLED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), data)


def check_names(data: bytes) -> None:
    """Raises ``FileRefused`` for what runs, or what is called so that it is not found."""
    if ACTIVE.search(data):
        raise FileRefused("active")
    for found in HIDDEN.finditer(data):
        name = spelled(found[0])
        if CALLED_ACTIVE.match(name):
            raise FileRefused("active")
        if NAMED.match(name):
            raise FileRefused("author-packed")


def check_packed_names(data: bytes) -> None:
    """Where nothing can be blanked."""
    check_names(data)
    if AUTHOR.search(data):
        raise FileRefused("author-packed")


def without_names(data: bytes) -> bytes:
    clean, at = bytearray(data), 0
    elsewhere: set[int] = set()
    while found := ENTRY.search(data, at):
        at = found.end()
        if found[2]:
            elsewhere.add(int(found[2]))
        elif UNSEEN.match(data, at):
            raise FileRefused("author-packed")
        else:
            at = blank_string(clean, data, at)
    blank_objects(clean, data, elsewhere)
    for begins, ends in NOTES:
        blank_notes(clean, begins, ends)
    return bytes(clean)


def blank_objects(clean: bytearray, data: bytes, wanted: set[int]) -> None:
    """Each of ``wanted`` has to be found, and to be a string wherever it stands."""
    found = [one for one in OBJECT.finditer(data) if int(one[1]) in wanted] if wanted else []
    strings = [blank_string(clean, data, one.end()) > one.end() for one in found]
    if wanted - {int(one[1]) for one in found} or not all(strings):
        raise FileRefused("author-packed")


def blank_string(clean: bytearray, data: bytes, at: int) -> int:
    """Where it ends; ``at`` itself if no string begins there."""
    if data[at : at + 1] == b"(":
        end = end_of_literal(data, at)
        clean[at + 1 : end] = b" " * (end - at - 1)
    elif data[at : at + 1] == b"<" and data[at + 1 : at + 2] != b"<":
        end = data.find(b">", at, at + LONGEST)
        if end < 0:
            raise FileRefused("broken")
        clean[at + 1 : end] = b"0" * (end - at - 1)
    else:
        return at
    return end + 1


def end_of_literal(data: bytes, at: int) -> int:
    """Its last bracket: those within count, unless a stroke stands before them."""
    depth = 0
    for found in BRACKET.finditer(data, at, at + LONGEST):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise FileRefused("broken")


def blank_notes(clean: bytearray, begins: bytes, ends: bytes) -> None:
    at = 0
    while (at := clean.find(begins, at)) >= 0:
        last = clean.find(ends, at)
        end = clean.find(b">", last)
        if min(last, end) < 0:
            raise FileRefused("author-packed")
        clean[at : end + 1] = b" " * (end + 1 - at)
        at = end
