"""What was raised gets an owner, a verifier who is somebody else, and an answer."""

from datetime import date, timedelta

from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER, SECRETARY
from e2e.people import NAMES, record_held_talk

RAISED = "培训报名总排不上，影响业务提高。"
MATTER = "业务培训名额分配不够均衡。"
MEASURE = "年内增加两期轮训，名额向一线倾斜。"
EVIDENCE = "已开两期，四十二人参加，名单在人事处。"
ANSWER = "轮训已办，下期给您留了名额。"


def test_an_issue_is_solved_verified_and_answered(visit):
    secretary = visit(SECRETARY)
    talk = record_held_talk(secretary, HEAD, "谈了队伍培养。")
    secretary.go(secretary.links_to("issues:raise")[0])
    secretary.send("issues:raise", kind="growth", text=RAISED)
    issue = secretary.path
    secretary.go(secretary.links_to("issues:assign")[0])
    secretary.fill("issues:assign", find=NAMES[ORGANISER])
    secretary.press(secretary.page.locator('button[name="looking"]'))
    secretary.fill("issues:assign", owner=NAMES[ORGANISER], find=NAMES[MEMBER])
    secretary.press(secretary.page.locator('button[name="looking"]'))
    secretary.send(
        "issues:assign",
        statement=MATTER,
        measure=MEASURE,
        verifier=NAMES[MEMBER],
        due=(date.today() + timedelta(days=20)).isoformat(),
    )
    secretary.says(NAMES[ORGANISER], NAMES[MEMBER], MEASURE)

    owner = visit(ORGANISER)
    assert issue in owner.links_to("issues:issue")
    owner.go(issue)
    owner.says(MATTER, MEASURE)
    owner.says_nothing_of(RAISED, NAMES[HEAD], talk)
    owner.go(owner.links_to("issues:report")[0])
    owner.send("issues:report", evidence=EVIDENCE)
    assert not owner.may_open(f"{issue}verify/")

    verifier = visit(MEMBER)
    assert issue in verifier.links_to("issues:issue")
    verifier.go(issue)
    verifier.says(EVIDENCE)
    verifier.says_nothing_of(RAISED, NAMES[HEAD], talk)
    verifier.go(verifier.links_to("issues:verify")[0])
    verifier.send("issues:verify", verdict="solved")

    secretary.go("home:home")
    assert issue in secretary.links_to("issues:issue")
    secretary.go(issue)
    secretary.go(secretary.links_to("issues:answer")[0])
    secretary.send("issues:answer", answer=ANSWER)

    subject = visit(HEAD)
    subject.go("issues:mine", query="show=raised")
    assert issue in subject.links_to("issues:issue")
    subject.go(issue)
    subject.says(ANSWER, EVIDENCE)
    owner.go(issue)
    owner.says_nothing_of(ANSWER)
    assert not visit(DEPUTY).may_open(issue)
