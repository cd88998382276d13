"""Screenshots of every main page into ``var/screens``: both languages, themes and sizes.

The pages are those that the browser tests walk (``tests/e2e/pages.py``). Names of pages or personas
as arguments narrow the choice: ``python tools/screens.py duties home:home``.
"""

import os
import sys
import tempfile
from itertools import product
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "screens"
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
os.environ.setdefault("TANXIN_HOME", tempfile.mkdtemp(prefix="tanxin-screens-"))
django.setup()

from e2e.browsing import DESKTOP, PHONE, Look, launched, visiting  # noqa: E402 - Django comes first
from e2e.pages import PAGES, PERSONAS, MainPage  # noqa: E402 - as above
from e2e.running_demo import RunningDemo, built_home  # noqa: E402 - as above

LANGUAGES = {"zh": "zh-hans", "en": "en"}
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def chosen(words: list[str]) -> list[MainPage]:
    pages = [page for page in PAGES if not words or any(word in str(page) for word in words)]
    return sorted(pages, key=lambda page: ("", *PERSONAS).index(page.handle or ""))


def whole(page: Page, size: tuple[int, int]) -> Page:
    """The window as high as the page, so that what is fixed to its edges stands at its edges."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    needed = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, needed)})
    return page


def take(browser: Browser, url: str, pages: list[MainPage]) -> list[str]:
    missing = []
    for (tongue, language), theme, (device, size) in product(
        LANGUAGES.items(), ("light", "dark"), SIZES.items()
    ):
        folder = TARGET / f"{tongue}-{theme}-{device}"
        folder.mkdir(parents=True, exist_ok=True)
        look = Look(language=language, theme=theme, size=size)
        for handle in dict.fromkeys(page.handle for page in pages):
            with visiting(browser, url, look) as visitor:
                if handle:
                    visitor.enter_as(handle)
                for page in pages:
                    if page.handle != handle:
                        continue
                    try:
                        page.open(visitor)
                    except LookupError as problem:
                        missing.append(f"{folder.name}: {problem}")
                        continue
                    whole(visitor.page, size).screenshot(path=folder / f"{page}.png")
                missing += [f"{folder.name}: {complaint}" for complaint in visitor.complaints]
        print(folder.relative_to(ROOT), flush=True)
    return missing


def main() -> int:
    pages = chosen(sys.argv[1:])
    with RunningDemo(built_home()) as demo, sync_playwright() as playwright:
        browser = launched(playwright)
        missing = take(browser, demo.url, pages)
        browser.close()
    for line in missing:
        print(line)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
