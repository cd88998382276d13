"""What was raised is solved, verified, answered, and helps; or cannot be solved now."""

from datetime import date, timedelta

from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER, SECRETARY
from e2e.people import NAMES, record_held_talk

RAISED = "培训报名总排不上，影响业务提高。"
MATTER = "业务培训名额分配不够均衡。"
MEASURE = "年内增加两期轮训，名额向一线倾斜。"
EVIDENCE = "已开两期，四十二人参加，名单在人事处。"
ANSWER = "轮训已办，下期给您留了名额。"
PROGRESS = "第一期名单已定，下周开班。"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FLEXIBLE = "早晚接送孩子，希望上下班能错开半小时。"
WHY_NOT = "全市考勤办法还没有出台，我们单独定不了；出台后我再来办。"


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
    owner.go(owner.links_to("issues:note")[0])
    owner.page.locator('[name="proofs"]').set_input_files(
        {"name": "轮训名单.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    owner.send("issues:note", note=PROGRESS)
    owner.says(PROGRESS)
    assert owner.may_open(owner.links_to("issues:file")[0])
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
    subject.says(ANSWER, EVIDENCE, PROGRESS)
    subject.go(subject.links_to("issues:effect")[0])
    subject.send("issues:effect", word="solved")
    secretary.go(issue)
    secretary.says("成效评价：提出人", "已解决")
    owner.go(issue)
    owner.says_nothing_of(ANSWER)
    assert not visit(DEPUTY).may_open(issue)


def test_what_cannot_be_solved_now_is_explained_to_who_raised_it(visit):
    secretary = visit(SECRETARY)
    record_held_talk(secretary, HEAD, "谈了家里的事。")
    secretary.go(secretary.links_to("issues:raise")[0])
    secretary.send("issues:raise", kind="life", text=FLEXIBLE)
    issue = secretary.path
    secretary.page.locator("details.menu summary.btn").click()
    secretary.go(secretary.links_to("issues:explain")[0])
    secretary.send("issues:explain", text=WHY_NOT)
    secretary.says("暂不能解决，已说明", WHY_NOT)

    subject = visit(HEAD)
    subject.go("home:home")
    assert issue in subject.links_to("issues:issue")
    subject.go(issue)
    subject.says(FLEXIBLE, WHY_NOT)
    assert not visit(MEMBER).may_open(issue)

    secretary.go(issue)
    secretary.send("issues:take_up")
    secretary.says("重新打开，待定措施", WHY_NOT)
