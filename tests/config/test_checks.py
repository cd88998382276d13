from django.core.checks import run_checks
from django.test import override_settings


def ids():
    return {problem.id for problem in run_checks()}


def test_the_test_settings_pass():
    assert not {found for found in ids() if found.startswith("tanxin")}


@override_settings(TANXIN_DEMO=True, ALLOWED_HOSTS=["localhost", "tanxin.example.cn"])
def test_demo_mode_refuses_any_name_but_this_machine(tmp_path):
    assert "tanxin.E001" in ids()


def test_demo_mode_refuses_the_home_of_a_real_realm(tmp_path):
    (tmp_path / "tanxin.sqlite3").touch()

    with override_settings(TANXIN_DEMO=True, TANXIN_HOME=tmp_path, ALLOWED_HOSTS=["localhost"]):
        assert "tanxin.E003" in ids()

    (tmp_path / "demo").touch()
    with override_settings(TANXIN_DEMO=True, TANXIN_HOME=tmp_path, ALLOWED_HOSTS=["localhost"]):
        assert "tanxin.E003" not in ids()


@override_settings(SECRET_KEY="short")
def test_a_short_secret_refuses_to_start():
    assert "tanxin.E002" in ids()
