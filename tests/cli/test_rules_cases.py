import pytest
from click.testing import CliRunner

from tanxin.cli.rules import command
from tanxin.packs import shipped_sources

NATIONAL = shipped_sources("national")["national/pack.yaml"]
CASES = """\
packs: [national]
today: 2026-05-20
year: 2026
given: {branch: {first: {ada: secretary, ben: committee}}}
cases:
  - case: 支部委员之间每年一次
    expect: [{rule: branch-committee-among, who: ada, whom: ben}]
"""


def run(*arguments):
    return CliRunner().invoke(command, ["cases", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path):
    """A pack with a file of cases that hold."""
    (tmp_path / "own" / "cases").mkdir(parents=True)
    (tmp_path / "own" / "pack.yaml").write_text(NATIONAL, encoding="utf-8")
    (tmp_path / "own" / "cases" / "any.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path / "own"


@pytest.mark.parametrize("path", ["", "cases", "cases/any.yaml", "pack.yaml"])
def test_the_cases_of_a_folder_or_a_file_are_run(folder, path):
    done = run(folder / path)

    assert "✓ 支部委员之间每年一次" in done.output
    assert "共试 1 个用例，0 个与预期不符；0 个文件" in done.output
    assert done.exit_code == 0


def test_a_file_beside_its_pack_is_run(folder):
    beside = (folder / "cases" / "any.yaml").rename(folder / "tried.yaml")

    assert run(beside).exit_code == 0


def test_what_came_out_otherwise_is_told(folder):
    (folder / "cases" / "any.yaml").write_text(
        CASES.replace("who: ada, whom: ben", "who: ben, whom: ada"), encoding="utf-8"
    )

    done = run(folder)

    assert "应出现 1 次，实际 0 次：rule: branch-committee-among" in done.output
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("said", "instead", "line", "told"),
    [
        ("given: {branch:", "given: {units: {}, branch:", 4,
         "given 里不认识「units」，可用：team, branch,"),
        ("rule: branch-committee-among, who", "rul: branch-committee-among, who", 7,
         "expect 里不认识「rul」"),
        ("[national]", "[nation]", 1, "packs 里不认识「nation」"),
        ("cases:", "cases", 6, "不是有效的 YAML"),
    ],
)  # fmt: skip
def test_a_fault_has_a_place_and_the_other_files_are_run(folder, said, instead, line, told):
    wrong = folder / "cases" / "0.yaml"
    wrong.write_text(CASES.replace(said, instead), encoding="utf-8")

    done = run(folder)

    assert f"{wrong}:{line}: {told}" in done.output
    assert "✓ 支部委员之间每年一次" in done.output
    assert done.exit_code == 1
    assert "0 个与预期不符；1 个文件有错误，未试算" in done.output


def test_what_was_meant_is_said_in_english_too(folder):
    (folder / "cases" / "any.yaml").write_text(CASES.replace("whom:", "wohm:"), encoding="utf-8")

    done = run(folder, "--language", "en")

    assert "“wohm” is not known in expect; one of: rule, pack, who, whom" in done.output
    assert "Did you mean “whom”?" in done.output


def test_a_pack_with_faults_is_to_be_mended_first(folder):
    (folder / "pack.yaml").write_text(
        NATIONAL.replace("pack: national", "pack: own").replace("kind: routine", "kind: rutine"),
        encoding="utf-8",
    )
    (folder / "cases" / "any.yaml").write_text(
        CASES.replace("[national]", "[own]"), encoding="utf-8"
    )

    assert "规则包「own」本身有错" in run(folder).output


def test_where_there_are_no_cases_it_says_so(tmp_path):
    done = run(tmp_path)

    assert done.exit_code == 1
    assert "里没有用例" in done.output
