import json

from click.testing import CliRunner

from issue_builders import issue_in
from tanxin.apps.issues.counted import Tally
from tanxin.cli.main import main


def test_the_figures_are_counted_anew(world):
    issue_in(world, "raised")
    Tally.objects.update(raised=7)
    result = CliRunner().invoke(main, ["issues", "recount", "--json"])

    assert json.loads(result.output) == {"issues": 1}
    assert Tally.objects.get().raised == 1
