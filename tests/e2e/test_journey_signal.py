"""A question about one's records: seen by both, explained by one, and settled by the other."""

from e2e.pages import HEAD, MEMBER, SUPERVISOR
from e2e.people import NAMES

WHY = "三件事上次没有办完，这次照着接着谈，除湿机那一件已经办了。"
NOTE = "看过说明，没有问题，另两件请继续催。"


def test_a_signal_is_explained_and_settled_without_anybody_reading(visit):
    head = visit(HEAD)
    [signal] = set(head.links_to("oversight:signal"))
    head.go(signal)
    head.says("多份记录雷同", "这 2 份记录的文字至少有", "并无问题")

    supervisor = visit(SUPERVISOR)
    assert "/oversight/signals/" in supervisor.links_to("oversight:signals")
    supervisor.go("oversight:signals")
    assert signal in supervisor.links_to("oversight:signal")
    supervisor.go(signal)
    supervisor.says(NAMES[HEAD])
    supervisor.says_nothing_of("除湿机")

    head.send("oversight:explain", text=WHY)
    head.says(WHY)
    supervisor.go(signal)
    if supervisor.view == "learning:undertaking":
        supervisor.send("learning:undertaking_give")
    supervisor.says(WHY)
    supervisor.send("oversight:settle", outcome="nothing", note=NOTE)
    supervisor.says("并无问题", NOTE)

    head.go(signal)
    head.says(NOTE)
    head.go("home:home")
    assert signal not in head.links_to("oversight:signal")
    assert not visit(MEMBER).may_open(signal)
