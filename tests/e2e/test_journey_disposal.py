"""Texts whose time is over go by the word of two; certificate and register stay."""

from e2e.pages import ORGANISER, SECRETARY, SUPERVISOR


def test_one_draws_the_list_up_and_another_destroys(visit):
    organiser = visit(ORGANISER)
    organiser.go("retention:start")
    drawn = organiser.links_to("retention:list")[0]
    organiser.go(drawn)
    organiser.says("待复核签字")
    assert not organiser.page.locator(f'form[action="{drawn}sign/"]').count()
    talk = organiser.links_to("talks:talk")[0]

    supervisor = visit(SUPERVISOR)
    assert drawn in supervisor.links_to("retention:list")
    supervisor.go(drawn)
    supervisor.send("retention:sign")
    supervisor.says("已销毁")
    assert supervisor.may_open(f"{drawn}certificate/txt/")

    organiser.go(talk)
    organiser.says("已确认")
    assert not visit(SECRETARY).may_open(drawn)
