import json
from datetime import date

import pytest
from click.testing import CliRunner

from tanxin.apps.duties.drafted import PackDraft
from tanxin.apps.duties.models import PackInForce
from tanxin.apps.org.models import RoleHolding
from tanxin.cli.rules import command
from tanxin.core.drafting.rewrite import read_tree
from tanxin.packs import shipped_sources

NATIONAL = shipped_sources("national")["national/pack.yaml"]
OWN = NATIONAL.replace("pack: national", "pack: own")


def run(*arguments):
    return CliRunner().invoke(command, [*map(str, arguments)])


@pytest.fixture
def pack_file(tmp_path):
    """``pack_file(text)`` is a folder with that pack in it."""

    def write(text):
        folder = tmp_path / "own"
        (folder / "cases").mkdir(parents=True)
        (folder / "pack.yaml").write_text(text, encoding="utf-8")
        (folder / "cases" / "any.yaml").write_text("no: pack", encoding="utf-8")
        return folder

    return write


def test_a_good_pack_passes_and_its_cases_are_left_aside(pack_file):
    done = run("check", pack_file(NATIONAL))

    assert done.exit_code == 0
    assert "没有发现问题" in done.output


def test_a_fault_names_file_line_what_is_wrong_and_how_to_mend_it(pack_file):
    folder = pack_file(NATIONAL.replace("kind: routine", "kind: rutine", 1))
    line = NATIONAL[: NATIONAL.index("kind: routine")].count("\n") + 1

    done = run("check", folder, "--language", "en")

    assert done.exit_code == 1
    assert f"{folder / 'pack.yaml'}:{line}: “rutine” is not known here" in done.output
    assert "Did you mean “routine”?" in done.output


def test_the_same_as_json(pack_file):
    done = run("check", pack_file(NATIONAL.replace("relation: branch", "", 1)), "--json")

    fault, *others = json.loads(done.output)
    assert (done.exit_code, fault["code"]) == (1, "key.missing")
    assert fault["mend"]
    assert not others


def test_a_folder_without_packs_is_said_to_be_one(tmp_path):
    done = run("check", tmp_path)
    assert done.exit_code == 1
    assert "No .yaml file" in done.output


@pytest.mark.django_db
def test_packs_are_put_in_force_once(world):
    for _ in range(2):
        done = run("publish", "national", "three-musts", "--start", "2026-01-01")
        assert done.exit_code == 0, done.output

    rows = PackInForce.objects.order_by("pack").values_list("pack", "start", "end")
    assert list(rows) == [
        ("national", date(2026, 1, 1), None),
        ("three-musts", date(2026, 1, 1), None),
    ]


@pytest.mark.django_db
def test_a_pack_with_faults_is_not_put_in_force(world, pack_file):
    file = pack_file(NATIONAL.replace("kind: routine", "kind: rutine", 1)) / "pack.yaml"

    assert run("publish", "--file", file).exit_code == 1
    assert run("publish", "unheard-of").exit_code == 1
    assert not PackInForce.objects.exists()


@pytest.mark.django_db
def test_a_changed_text_needs_a_version_of_its_own(world, pack_file):
    assert run("publish", "national").exit_code == 0

    again = run("publish", "--file", pack_file(NATIONAL + "\n# changed\n") / "pack.yaml")

    assert again.exit_code == 1
    assert "新的版本号" in again.output


@pytest.mark.django_db
def test_a_pack_of_ones_own_waits_for_a_second_person(world, pack_file):
    own = pack_file(OWN) / "pack.yaml"

    done = run("publish", "national", "--file", own, "--json")

    told = json.loads(done.output)
    assert (told["in_force"], told["proposed"]) == (["national"], [str(own)])
    assert PackDraft.objects.get().state == "proposed"
    assert PackInForce.objects.get().pack == "national"


@pytest.mark.django_db
def test_where_nobody_may_approve_it_is_in_force_at_once(world, pack_file):
    RoleHolding.objects.all().delete()

    done = run("publish", "--file", pack_file(OWN) / "pack.yaml")

    assert "own" in done.output
    assert PackInForce.objects.exists()
    assert not PackDraft.objects.exists()


@pytest.mark.django_db
def test_what_is_refused_leaves_no_draft_behind(world, pack_file):
    done = run("publish", "--file", pack_file(OWN) / "pack.yaml", "--start", "2020-01-01")

    assert done.exit_code == 1
    assert not PackDraft.objects.exclude(state="dropped").exists()


@pytest.mark.django_db
def test_a_preview_counts_what_would_be_otherwise_and_saves_nothing(world, pack_file):
    run("publish", "national", "--start", "2026-01-01")
    file = pack_file(NATIONAL.replace("version: 2026.1", "version: 2026.2")) / "pack.yaml"

    plain, told = run("preview", file), run("preview", file, "--json", "--minutes", "30")
    wrong = run("preview", pack_of(file, "kind: routine", "kind: rutine"), "--json")

    assert (plain.exit_code, told.exit_code, wrong.exit_code) == (0, 0, 1)
    assert "明年" in plain.output
    assert json.loads(told.output)["year"]["talks"] == 0
    assert json.loads(wrong.output)[0]["code"] == "value.unknown"
    assert PackInForce.objects.count() == 1


def pack_of(file, before, after):
    other = file.with_name("other.yaml")
    other.write_text(file.read_text("utf-8").replace(before, after, 1), encoding="utf-8")
    return other


def test_two_packs_are_compared_rule_by_rule(pack_file):
    file = pack_file(NATIONAL) / "pack.yaml"
    other = pack_of(file, "kind: routine", "kind: care")

    same, plain = run("diff", "national", file), run("diff", file, other)
    told = run("diff", file, other, "--json")

    assert (same.exit_code, plain.exit_code, told.exit_code) == (0, 1, 1)
    assert "routine  →  care" in plain.output
    assert json.loads(told.output)[0]["words"][0]["after"] == "care"


@pytest.mark.django_db
def test_a_pack_is_shown_with_its_clauses(world):
    plain, told = run("show", "university"), run("show", "university", "--json")
    run("publish", "national")
    in_force = run("show", "national", "--realm", world.realm_id, "--language", "en")
    strange = run("show", "nobody", "--realm", world.realm_id)

    assert json.dumps(read_tree(plain.output), default=str) == json.dumps(json.loads(told.output))
    assert "# 《高校谈心谈话制度示例（一）》" in plain.output
    assert json.loads(told.output)["pack"] == "university"
    assert "National minimum" in in_force.output
    assert (strange.exit_code, in_force.exit_code) == (1, 0)


def test_rules_about_the_same_people_are_noted_and_no_fault(pack_file):
    done = run("check", pack_file(shipped_sources("bureau")["bureau/pack.yaml"]))

    assert done.exit_code == 0
    assert "涉及同样的人" in done.output


@pytest.mark.parametrize(
    ("above", "exit_code"), [("", 1), ("extends: branch\n", 0), ("extends:\n  - branch\n", 0)]
)
def test_words_of_an_example_are_known_to_who_extends_it(pack_file, above, exit_code):
    text = NATIONAL.replace("pack: national", "pack: own").replace("level: national", "level: unit")
    text = text.replace("kind: routine", "type: encouragement", 1)

    done = run("check", pack_file(text.replace("valid:", above + "valid:", 1)))

    assert done.exit_code == exit_code, done.output
