"""Before one opens what others confided, and what a clause, a course and a case teach."""

from e2e.browsing import PHONE
from e2e.pages import HEAD, MEMBER, ORGANISER, SECURITY, SUPERVISOR

TITLE = "一次没有结果的谈话"
TEXT = "谈了两次都没有谈开，第三次换了人去谈，一刻钟就说到了要害。"


def test_who_opens_what_another_confided_gives_the_undertaking_first_and_then_reads(visit):
    security = visit(SECURITY, size=PHONE)
    security.go("access:overview")
    request = security.links_to("access:request")[0]
    security.go(request)
    assert security.view == "learning:undertaking"
    security.says("保密承诺", "第一次阅读之前")
    security.press(security.form_to("learning:undertaking_give").locator("button"))
    assert security.path == request
    security.go("learning:undertaking")
    security.says("我的承诺")


def test_a_member_reads_his_right_and_marks_it_for_himself(visit):
    member = visit(MEMBER, size=PHONE)
    member.go("mine:page")
    member.go(member.links_to("learning:rights")[0])
    member.says("您可以向任何一级的任何一位领导申请约谈", "个工作日内答复")
    member.send("learning:read")
    member.says("已读")


def test_a_case_is_published_by_a_second_person_and_a_course_explains_with_the_clause(visit):
    organiser, supervisor, head = visit(ORGANISER), visit(SUPERVISOR), visit(HEAD)
    organiser.go("learning:case_new")
    organiser.send("learning:case_new", title=TITLE, kind="routine", text=TEXT)
    case = organiser.path
    assert not head.may_open(case)
    supervisor.go(case)
    supervisor.press(supervisor.form_to("learning:case_publish").locator("button"))
    head.go("learning:cases")
    head.says(TITLE)
    head.go("learning:course")
    head.send("learning:course")
    head.says("规则要求", "再看看")
