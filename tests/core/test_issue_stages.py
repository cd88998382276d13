from itertools import chain

from tanxin.core.issue_stages import STATES_OF, Stage
from tanxin.core.lifecycle import IssueState


def test_every_state_stands_in_one_column():
    assert set(STATES_OF) == set(Stage)
    assert sorted(chain(*STATES_OF.values())) == sorted(IssueState)
