"""An archive package: files in a ZIP with a manifest of their hashes, checked anywhere.

The manifest names every file but itself, with its size and SHA-256; nothing else may be in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

MANIFEST = "manifest.json"
FORM = 1
# A day that every ZIP can name, so that the same files give the same bytes.
STAMP = (1980, 1, 1, 0, 0, 0)
UNREADABLE = (
    BadZipFile, ValueError, AttributeError, KeyError, TypeError, EOFError, OSError, RuntimeError,
)  # fmt: skip
MOST_FILES, MOST_BYTES = 500, 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Fault:
    """``code``: unreadable, unknown-form, missing, not-named, changed."""

    code: str
    file: str = ""


def packed(files: Mapping[str, bytes], facts: Mapping[str, str]) -> bytes:
    """The package as bytes; ``facts`` stand in the manifest."""
    named = [
        {"name": name, "size": len(body), "sha256": sha256(body).hexdigest()}
        for name, body in sorted(files.items())
    ]
    manifest = {"tanxin": "package", "v": FORM, **facts, "files": named}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, body in sorted({**files, MANIFEST: text}.items()):
            archive.writestr(ZipInfo(name, STAMP), body, ZIP_DEFLATED)
    return held.getvalue()


def faults_of(package: bytes) -> list[Fault]:
    """What is wrong with it; empty where every file is what the manifest says."""
    try:
        with ZipFile(BytesIO(package)) as archive:
            return checked(archive)
    except UNREADABLE:
        return [Fault("unreadable")]


def checked(archive: ZipFile) -> list[Fault]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        return [Fault("unreadable")]
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("tanxin") != "package" or manifest.get("v") != FORM:
        return [Fault("unknown-form", MANIFEST)]
    named = {str(one["name"]): one for one in manifest["files"]}
    there = [entry.filename for entry in entries if entry.filename != MANIFEST]
    faults = [Fault("missing", name) for name in sorted(named.keys() - set(there))]
    faults += [Fault("not-named", name) for name in sorted(set(there) - named.keys())]
    if len(there) != len(set(there)):
        faults.append(Fault("not-named", "twice"))
    for name in sorted(named.keys() & set(there)):
        body = archive.read(name)
        if (len(body), sha256(body).hexdigest()) != (named[name]["size"], named[name]["sha256"]):
            faults.append(Fault("changed", name))
    return faults
