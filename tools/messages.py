"""Translations without system gettext.

``compile`` merges ``src/tanxin/locale/<language>/*.po`` (one small file per area) into the
``django.mo`` that Django reads; ``check`` names every message of code and templates that lacks a
translation, and every translation that nothing uses.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tanxin"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
CALL = re.compile(
    r"""\b(?P<fn>n?p?gettext|_)\(\s*(?P<args>(?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?\s*)+)"""
)
LITERAL = re.compile(r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""", re.DOTALL)

Key = tuple[str, str | None]


def used() -> Iterator[tuple[Key, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        with path.open("rb") as file:
            for line, message, _, context in extract("python", file, keywords=KEYWORDS):
                first = message[0] if isinstance(message, tuple) else message
                if first:
                    yield (first, context), f"{path.relative_to(ROOT)}:{line}"
    for path in sorted(SOURCE.rglob("*.html")):
        yield from used_in_template(path)


def used_in_template(path: Path) -> Iterator[tuple[Key, str]]:
    python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in CALL.finditer(python):
        texts = [eval(part) for part in LITERAL.findall(call["args"])]  # noqa: S307 - literals
        context = texts.pop(0) if "p" in call["fn"] else None
        line = python.count("\n", 0, call.start()) + 1
        yield (texts[0], context), f"{path.relative_to(ROOT)}:{line}"


def merged(language: Path) -> tuple[Catalog, list[str]]:
    catalog = Catalog(locale=language.name, domain="django", charset="utf-8", fuzzy=False)
    faults = []
    for path in sorted(language.glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale=language.name):
            if not message.id or not message.string:
                continue
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            known = catalog.get(key, message.context)
            if known and known.string != message.string:
                faults.append(f"{path.name}: {key!r} is already translated otherwise")
            elif not known:
                catalog.add(message.id, message.string, context=message.context)
    return catalog, faults


def compile_all() -> list[str]:
    faults = []
    for language in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        catalog, more = merged(language)
        faults += more
        target = language / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(exist_ok=True)
        # Written aside: whoever starts meanwhile reads the old one, not half of the new.
        aside = target.with_suffix(".new")
        with aside.open("wb") as file:
            write_mo(file, catalog)
        aside.replace(target)
    return faults


def check() -> list[str]:
    wanted = {}
    for key, place in used():
        wanted.setdefault(key, place)
    faults = []
    for language in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        catalog, more = merged(language)
        faults += more
        known = {(m.id[0] if isinstance(m.id, tuple) else m.id, m.context) for m in catalog if m.id}
        faults += [
            f"{wanted[key]}: no translation: {key[0]!r}" for key in wanted if key not in known
        ]
        faults += [f"{language.name}: nothing uses {key[0]!r}" for key in known - set(wanted)]
    return faults


def main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False)
    faults = {"compile": compile_all, "check": check}[sys.argv[1]]()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
