"""Every word people read is translated, every setting is written down, names say what things are."""

import ast
import re

import pytest

from our_tools import ROOT, SOURCE, tool

messages = tool("messages")

MODULES = sorted(SOURCE.rglob("*.py"))
READERS = {"text", "flag", "words"}
NAMES_OF_NOTHING = {"utils", "helpers", "common", "manager", "managers", "misc", "base"}


def settings_read() -> set[str]:
    """The names that ``config`` reads from the environment."""
    names = set()
    for path in (SOURCE / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and reader(node.func) in READERS:
                names |= {
                    f"TANXIN_{first.value}"
                    for first in node.args[:1]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str)
                }
    return names


def reader(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def test_every_setting_is_in_the_reference_and_nothing_else_is():
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(TANXIN_[A-Z_]+)` \|", reference, re.MULTILINE))

    assert documented == settings_read()
    assert "TANXIN_HOME" in documented


def test_a_setting_has_a_meaning_and_a_default():
    for line in (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8").splitlines():
        if line.startswith("| `TANXIN_"):
            assert all(cell.strip() for cell in line.strip("|").split("|")), line


def test_every_message_has_a_chinese_translation_and_every_translation_a_message():
    assert messages.check() == []


def test_the_check_of_messages_sees_what_is_missing(monkeypatch, tmp_path):
    (tmp_path / "zh_Hans").mkdir()
    monkeypatch.setattr(messages, "LOCALE", tmp_path)

    faults = messages.check()

    assert any("no translation: 'Log in'" in fault for fault in faults)


@pytest.mark.parametrize(
    "package", sorted(SOURCE.rglob("__init__.py")), ids=lambda p: p.parent.name
)
def test_every_package_says_what_belongs_there(package):
    if package.parent.name == "migrations":
        return
    assert ast.get_docstring(ast.parse(package.read_text("utf-8"))), package


def test_no_module_is_named_after_nothing():
    assert not {path for path in MODULES if path.stem in NAMES_OF_NOTHING}


def test_exceptions_say_what_is_the_case():
    classes = {
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }

    assert not {name for name in classes if name.endswith(("Error", "Exception"))}


def test_no_function_hides_an_import():
    hidden = [
        f"{path.relative_to(SOURCE)}:{inner.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []
