"""Looking for a text in bytes, in every form in which it might have been written down."""

import base64
import json
import zlib
from pathlib import Path
from urllib.parse import quote

PACKED = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
MOST_UNPACKED = 4 * 2**20


def forms(text):
    """Nine: four encodings, base64, hex, URL, JSON, and (in ``found_in``) what was compressed."""
    plain = text.encode()
    found = {name: text.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    found["hex"] = plain.hex().encode()
    found["url"] = quote(text).encode()
    found["json"] = json.dumps(text)[1:-1].encode()
    # Inside longer text base64 has three alignments; the ends depend on the neighbours.
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + plain)
        found[f"base64+{shift}"] = coded[4 if shift else 0 : -4]
    return found


def found_in(data, texts):
    """Which texts, in which forms; also within what was compressed."""
    hits = set()
    for source, label in [(data, ""), *((part, "zlib ") for part in unpacked(data))]:
        folded = source.lower()
        for text in texts:
            for form, needle in forms(text).items():
                if needle in source or (form in {"hex", "url"} and needle.lower() in folded):
                    hits.add((text, label + form))
    return hits


def unpacked(data):
    for sign in PACKED:
        at = data.find(sign)
        while at != -1:
            held = inflated(data[at:], 31 if sign[0] == 0x1F else 15)
            if held:
                yield held
            at = data.find(sign, at + 1)


def inflated(data, bits):
    try:
        return zlib.decompressobj(bits).decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""


def found_below(folder, texts):
    """Every file below a folder; the names of files count as well."""
    hits = {}
    for path in Path(folder).rglob("*"):
        held = str(path.relative_to(folder)).encode()
        if path.is_file() and not path.is_socket():
            held += b"\n" + path.read_bytes()
        if hit := found_in(held, texts):
            hits[str(path)] = hit
    return hits
