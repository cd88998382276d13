"""Notes every template that a test renders; a whole run that leaves one out fails.

A template nobody renders in a test is a page nobody has tried. Works with pytest-xdist: each worker
hands what it saw to the process that started it.
"""

from pathlib import Path

import pytest
from django.test.signals import template_rendered

FOLDER = Path(__file__).resolve().parents[1] / "src" / "tanxin" / "web" / "templates"
WHOLE = {"", "not e2e", "not e2e and not prove"}
SEEN = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEEN] = set()
    template_rendered.connect(lambda template, **_: note(config, template.name), weak=False)


def note(config: pytest.Config, name: str | None) -> None:
    if name:
        plain = "".join([*name])  # a template may name another by a safe string
        config.stash[SEEN].add(plain.partition("#")[0])


class Workers:
    """What only the process sees that started the workers."""

    def pytest_testnodedown(self, node) -> None:
        node.config.stash[SEEN].update(getattr(node, "workeroutput", {}).get("templates", ()))


def pytest_cmdline_main(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(Workers())


def is_whole_run(config: pytest.Config) -> bool:
    """All tests, except those that need a browser or take long."""
    given = (config.option.keyword, config.option.ignore, getattr(config.option, "lf", False))
    chosen = any(given)
    of_all = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    shown_only = config.option.collectonly
    return of_all and not chosen and not shown_only and config.option.markexpr in WHOLE


def never_rendered(seen: set[str], folder: Path = FOLDER) -> list[str]:
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    return sorted(kept - seen)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["templates"] = sorted(config.stash[SEEN])
    elif exitstatus == 0 and is_whole_run(config) and never_rendered(config.stash[SEEN]):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, exitstatus: int, config: pytest.Config) -> None:
    ran = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
    if not ran or not is_whole_run(config):
        return
    for name in never_rendered(config.stash[SEEN]):
        terminalreporter.write_line(f"never rendered by a test: {name}", red=True)
