"""Word and Excel files: parts within bounds, no document types, no authors."""

import re
import zipfile
from io import BytesIO

from tanxin.core.uploads import packed, pictures
from tanxin.core.uploads.refusals import FileRefused

DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
DROPPED = re.compile(
    r"^(?:docProps/(?:custom\.xml|thumbnail\.\w+)|customXml/.*|word/people\.xml|xl/persons/.*"
    r"|word/comments(?:Extended|Ids|Extensible)\.xml)$"
)
# Known by their bytes: a telephone's picture may be called anything.
PICTURES = ((b"\xff\xd8\xff", pictures.cleaned_jpeg), (pictures.PNG_MAGIC, pictures.cleaned_png))
# People's names stand in attributes of tracked changes and comments, and in two parts of their own.
NAMED = re.compile(rb'(\s(?:w:author|w:initials|w15:author|w:userId)=)"[^"]*"')
EMPTY_PARTS = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>',
}
# References to a part that was dropped would make the file broken.
REFERENCE = re.compile(rb"<(?:Relationship|Override)\b[^<>]*/>")
NEVER = (1980, 1, 1, 0, 0, 0)


def cleaned(data: bytes) -> bytes:
    """The same document without the people who wrote it. Raises ``FileRefused``."""
    held = BytesIO()
    with packed.opened(data) as archive, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as clean:
        seen: set[str] = set()
        for info in archive.infolist():
            if info.filename in seen:
                raise FileRefused("broken")
            seen.add(info.filename)
            if info.is_dir() or DROPPED.match(info.filename):
                continue
            content = part(info.filename, packed.content(archive, info))
            clean.writestr(zipfile.ZipInfo(info.filename, NEVER), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def part(name: str, content: bytes) -> bytes:
    if content.startswith(ARCHIVES):
        raise FileRefused("nested")
    for magic, cleaned_picture in PICTURES:
        if content.startswith(magic):
            return cleaned_picture(content)
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return content
    if content.startswith(WIDE) or DTD.search(content):
        raise FileRefused("document-type")
    if name in EMPTY_PARTS:
        return EMPTY_PARTS[name]
    if name.endswith(".rels") or name == "[Content_Types].xml":
        return REFERENCE.sub(kept_reference, content)
    return NAMED.sub(rb'\1""', content)


def kept_reference(found: re.Match[bytes]) -> bytes:
    return b"" if GONE.search(found[0]) else found[0]


GONE = re.compile(
    rb'(?:Target|PartName)="[^"]*(?:docProps/(?:custom\.xml|thumbnail\.)|customXml/|people\.xml'
    rb'|persons/|comments(?:Extended|Ids|Extensible)\.xml)[^"]*"'
)
