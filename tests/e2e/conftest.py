"""One running demo and one browser for all; a window of his own for everybody in a test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from e2e.browsing import Look, Visitor, launched, visiting
from e2e.running_demo import RunningDemo, built_home

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def home() -> Path:
    return built_home()


@pytest.fixture(scope="session")
def site(home) -> Iterator[RunningDemo]:
    with RunningDemo(home) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(site, browser) -> Iterator[Callable[..., Visitor]]:
    """``visit("demo-head", theme="dark")`` logs in; afterwards nobody's console may complain."""
    visitors: list[Visitor] = []
    with ExitStack() as stack:

        def open_window(handle: str | None = None, **look: object) -> Visitor:
            visitor = stack.enter_context(visiting(browser, site.url, Look(**look)))
            visitors.append(visitor)
            return visitor.enter_as(handle) if handle else visitor

        yield open_window
    assert site.answers(), site.log()
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert complaints == [], site.log()
