"""Asking for a talk, being refused, asking another; and several at one table."""

from e2e.browsing import PHONE
from e2e.pages import DEPUTY, HEAD, MEMBER, SECRETARY
from e2e.people import NAMES, moment

TOPIC = "孩子明年上学，想谈谈能否调换岗位。"
WHY = "近期在外地出差，请找分管领导谈。"
SHARED = "大家一致同意月底前完成窗口改造方案。"
OWN = "本人家中老人住院，想请年休假。"


def test_who_is_refused_reads_why_and_asks_another_with_the_same_words(visit):
    member, deputy = visit(MEMBER, size=PHONE), visit(DEPUTY)
    member.go("issues:mine")
    member.page.locator("header a[href='/talks/ask/']").first.click()
    member.go("talks:ask", query=f"q={NAMES[DEPUTY]}")
    member.go(member.links_to("talks:ask", saying=NAMES[DEPUTY])[0])
    member.send("talks:ask", topic=TOPIC, channel="face")
    request = member.path

    deputy.go("home:home")
    assert request in deputy.links_to("talks:request")
    deputy.go(request)
    deputy.says(TOPIC)
    deputy.send("talks:decline", reason=WHY)

    member.go(request)
    member.says(WHY)
    member.go(
        "talks:ask", query=f"instead={request.rstrip('/').rsplit('/', 1)[-1]}&q={NAMES[HEAD]}"
    )
    member.go(member.links_to("talks:ask", saying=NAMES[HEAD])[0])
    assert member.page.locator('[name="topic"]').input_value() == TOPIC
    member.send("talks:ask")
    second = member.path

    head = visit(HEAD, size=PHONE)
    head.go(second)
    head.send("talks:accept", planned_for=moment(days=2, hours=1))
    talk = head.path
    member.go(talk)
    member.send("talks:agree")
    member.says("已约定")
    assert not deputy.may_open(second)
    assert not visit(SECRETARY).may_open(request)


def test_who_lets_somebody_wait_is_named_to_who_leads_him_and_the_topic_is_not(visit):
    secretary = visit(SECRETARY)

    secretary.go("talks:late")

    secretary.says(NAMES[DEPUTY], "逾期")
    secretary.says_nothing_of(NAMES[MEMBER])


def test_several_share_a_summary_and_nobody_reads_the_part_of_another(visit):
    deputy, head, member = visit(DEPUTY, size=PHONE), visit(HEAD), visit(MEMBER, size=PHONE)
    chosen: list[str] = []
    for handle in (HEAD, MEMBER):
        deputy.go("talks:group_new", query="&".join([*chosen, f"q={NAMES[handle]}"]))
        link = deputy.page.locator(".people-pick a", has_text=NAMES[handle]).first
        person = link.get_attribute("href").rsplit("with=", 1)[-1]
        chosen.append(f"with={person}")
    deputy.go("talks:group_new", query="&".join(chosen))
    form = deputy.page.locator("form.form-card")
    form.locator('[name="planned_for"]').fill(moment(hours=-2))
    deputy.press(form.locator("button.btn-primary"))
    group = deputy.path
    for box in deputy.form_to("talks:group_hold").locator('[name$="present"]').all():
        box.check()
    deputy.send("talks:group_hold", held_at=moment(hours=-1))
    deputy.go(deputy.links_to("talks:group_write")[0])
    deputy.send("talks:group_write", unclassified=True, text=SHARED)
    deputy.go(group)
    deputy.go(deputy.links_to("talks:talk", saying=NAMES[MEMBER])[0])
    part = deputy.path
    deputy.go(deputy.links_to("talks:write")[0])
    deputy.send("talks:write", unclassified=True, text=OWN)

    member.go(part)
    member.go(member.links_to("talks:record")[0])
    member.says(OWN, SHARED)
    member.send("talks:confirm")
    member.says("已确认")
    assert not head.may_open(part)
    head.go(group)
    head.go(head.links_to("talks:talk")[0])
    head.go(head.links_to("talks:record")[0])
    head.says(SHARED)
    head.says_nothing_of(OWN)
