"""The guard that lists templates no test renders, tried on a small suite of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import rendered_templates

SUITE = """
import pytest
from django.template.loader import render_to_string

@pytest.mark.parametrize("name", {names})
def test_it_renders(name):
    render_to_string(name)
"""
SETTINGS = """
SECRET_KEY = "x" * 50
USE_TZ = True
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [FOLDER]}]
"""


def run(place: Path, names: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    templates = place / "templates"
    templates.mkdir()
    (templates / "frame.html").write_text("{% block main %}{% endblock %}", "utf-8")
    (templates / "page.html").write_text('{% extends "frame.html" %}', "utf-8")
    (templates / "forgotten.html").write_text("", "utf-8")
    (place / "small_settings.py").write_text(f"FOLDER = {str(templates)!r}\n{SETTINGS}", "utf-8")
    (place / "conftest.py").write_text(
        "from pathlib import Path\n"
        "import rendered_templates\n"
        f"rendered_templates.never_rendered.__defaults__ = (Path({str(templates)!r}),)\n"
        'pytest_plugins = ["rendered_templates"]\n',
        "utf-8",
    )
    (place / "tests").mkdir()
    (place / "tests" / "test_pages.py").write_text(SUITE.format(names=names), "utf-8")
    (place / "pytest.ini").write_text(
        "[pytest]\ntestpaths = tests\nDJANGO_SETTINGS_MODULE = small_settings\n", "utf-8"
    )
    paths = [str(place), str(Path(rendered_templates.__file__).parent)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=place, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(paths)},
    )  # fmt: skip


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_a_template_no_test_renders_fails_the_run(tmp_path, options):
    done = run(tmp_path, ["page.html", "page.html"], *options)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 passed" in done.stdout
    assert "never rendered by a test: forgotten.html" in done.stdout
    assert "page.html" not in done.stdout
    assert "frame.html" not in done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_a_run_that_renders_all_passes(tmp_path, options):
    done = run(tmp_path, ["page.html", "forgotten.html"], *options)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "never rendered" not in done.stdout


def test_a_part_of_the_suite_is_not_asked_for_all(tmp_path):
    done = run(tmp_path, ["page.html"], "tests/test_pages.py")

    assert done.returncode == 0, done.stdout + done.stderr
