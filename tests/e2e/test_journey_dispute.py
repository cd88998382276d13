"""The one talked with says that it is not so, and that stands beside the record for good."""

import pytest

from e2e.pages import DEPUTY, HEAD, MEMBER
from e2e.people import NAMES, record_held_talk

TEXT = "谈了项目评审的排期，本人表示人手够用。"
REMARK = "我说的是人手不够，请改过来。"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_record_is_disputed_and_written_anew(visit, script):
    deputy = visit(DEPUTY, script=script)
    talk = record_held_talk(deputy, HEAD, TEXT)

    head = visit(HEAD, script=script)
    assert talk in head.links_to("talks:talk")
    head.go(talk)
    head.says_nothing_of(TEXT)
    head.go(head.links_to("talks:record")[0])
    head.says(TEXT)
    head.send("talks:dispute", verdict="not_right", remark=REMARK)
    head.says("内容不实")

    deputy.go("home:home")
    assert talk in deputy.links_to("talks:talk")
    deputy.go(talk)
    deputy.says("内容不实", NAMES[HEAD])
    deputy.go(deputy.links_to("talks:record")[0])
    deputy.says(REMARK)
    deputy.go(talk)
    deputy.go(deputy.links_to("talks:write")[0])
    deputy.send("talks:write", unclassified=True, text=TEXT.replace("够用", "不够，要补一人"))

    head.go(talk)
    head.go(head.links_to("talks:record")[0])
    head.says("要补一人", REMARK)
    head.send("talks:confirm")
    head.says("已确认")
    assert not visit(MEMBER).may_open(talk)
