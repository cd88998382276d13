"""What a page says, and which of it is in another language than the page."""

import re

from e2e.browsing import Visitor

# Without what people and machines wrote: texts, codes, keys, the picture of a file.
# Not what somebody typed.
SAID = """() => {
  const left = document.body.cloneNode(true);
  left.querySelectorAll('script, style, template, code, pre, kbd, textarea, .prose-text').forEach(one => one.remove());
  const words = [...left.querySelectorAll('*')].flatMap(one =>
    ['title', 'aria-label', 'placeholder', 'data-label'].map(name => one.getAttribute(name) ?? ''));
  return [left.textContent, ...words].join('\\n');
}"""
WORD = re.compile(r"(?<![\w./-])[A-Za-z][A-Za-z]+(?![\w-]|\.\w)")
# Names of things that have no other name in Chinese.
PROPER = frozenset(
    [
        "Authenticator",
        "Chrome",
        "CSV",
        "English",
        "Excel",
        "FreeOTP",
        "IP",
        "KB",
        "Linux",
        "MB",
        "Microsoft",
        "PDF",
        "Tanxin",
        "TOTP",
        "Word",
        "YAML",
        "csv",
        "lrm",
        "lrmx",
        "xlsx",
        "zip",
    ]
)
# Of a language: how no day is written in it.
FOREIGN_DAYS = {
    "zh-hans": re.compile(
        r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}|\d ?[ap]\.?m\b|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
    ),
    "en": re.compile(
        r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}|\d ?[ap]\.m\.|\d年|\d月|\d日|[A-Z][a-z]{2}\. \d"
    ),
}


def said_on(visitor: Visitor) -> str:
    return visitor.page.evaluate(SAID)


def foreign_words(text: str) -> list[str]:
    """Words in Latin letters on a Chinese page that are no proper names."""
    return sorted(set(WORD.findall(text)) - PROPER)


def foreign_days(text: str, language: str) -> list[str]:
    return FOREIGN_DAYS[language].findall(text)
