"""House rules that no general linter knows. Each has a test in tests/architecture/.

``RULES`` maps a rule's name to what it looks for: a pattern, where it may stand all the same, and
the sentence that says what to do instead.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tanxin"


@dataclass(frozen=True)
class Rule:
    files: str
    pattern: str
    instead: str
    allowed: tuple[str, ...] = ()


# The law's own words for a state secret may be said; as a level of ours they may not be printed.
LEVEL_WORDS = r"机密|绝密|(?<!国家)(?<!商业)(?<!工作)秘密|[★☆]"
OUR_LEVELS = "Our levels are 仅当事人, 限知 and 一般; only a state secret bears its marks."

RULES = {
    "migration-imports-nothing-of-ours": Rule(
        "apps/**/migrations/*.py",
        r"^\s*(from|import) tanxin\b",
        "Write the value down; a migration must not change when the code does.",
    ),
    "no-f-string-in-gettext": Rule(
        "**/*.py",
        r"\b(_|gettext|gettext_lazy|ngettext|pgettext)\(\s*f['\"]",
        "Use %(name)s and fill it in afterwards, so that the message can be translated.",
    ),
    "no-inline-style-script-handler": Rule(
        "web/templates/**/*.html",
        r"\sstyle=|\son[a-z]+=\"|<style\b|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
        "The content security policy allows none; use a class or a module of the bundle.",
    ),
    "time-is-a-value": Rule(
        "**/*.py",
        r"timezone\.(now|localdate|localtime)\(|date\.today\(|datetime\.now\(",
        "Take the time as an argument; only web, cli, tasks, audit and demo ask the clock.",
        # The directory says how people are called today, and is kept until tomorrow.
        ("web/", "cli/", "/tasks.py", "apps/audit/", "demo/", "keeper/", "apps/org/directory.py"),
    ),
    "environment-only-in-config": Rule(
        "**/*.py",
        r"\bos\.environ\b|\bgetenv\(",
        "Read it in config/environment.py and use django.conf.settings.",
        (
            "config/", "cli/main.py", "cli/demo.py", "cli/serve.py", "cli/worker.py",
            "demo/__main__.py",
        ),
    ),
    "no-row-locks": Rule(
        "**/*.py", r"select_for_update\(", "SQLite has none; change state by a counted update."
    ),
    "no-raw-sql": Rule(
        "**/*.py",
        r"\.raw\(|RawSQL|\.extra\(|\bcursor\(\)",
        "Use the ORM; only the bulk writer of duties, the bench and the demo's pragma write SQL.",
        ("apps/duties/bulk.py", "keeper/", "demo/build.py"),
    ),
    "no-mark-safe": Rule(
        "**/*.py", r"mark_safe\(", "Use format_html, or a template.",
    ),
    "no-secret-level-in-code": Rule("**/*.py", LEVEL_WORDS, OUR_LEVELS),
    "no-secret-level-in-pages": Rule("web/templates/**/*.html", LEVEL_WORDS, OUR_LEVELS),
    "no-secret-level-in-words": Rule("locale/**/*.po", LEVEL_WORDS, OUR_LEVELS),
    "no-secret-level-in-data": Rule("**/*.yaml", LEVEL_WORDS, OUR_LEVELS),
    "no-secret-level-in-tables": Rule(
        "**/*.json", LEVEL_WORDS, OUR_LEVELS, ("core/markings/rules.json",)
    ),
}  # fmt: skip


def breaches(root: Path = SOURCE) -> Iterator[str]:
    for name, rule in RULES.items():
        for path in sorted(root.glob(rule.files)):
            relative = path.relative_to(root).as_posix()
            if "static/bundle" in relative or any(place in relative for place in rule.allowed):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(rule.pattern, line):
                    yield f"{relative}:{number}: {name}: {rule.instead}"


def main() -> int:
    found = list(breaches())
    for breach in found:
        print(breach)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
