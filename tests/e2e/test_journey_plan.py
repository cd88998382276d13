"""A plan is proposed, changed by keyboard and by drag, approved, and a talk proposed from it."""

from e2e.pages import ORGANISER, SECRETARY


def talks_in_calendar(visitor):
    """Talks of the shown month that can be moved, with the day each stands on."""
    return visitor.page.locator("[data-plan-month] a[data-planned]").evaluate_all(
        "all => all.map(one => [one.dataset.planned, one.closest('td').querySelector('time').dateTime])"
    )


def free_days(visitor, after):
    """Days of the month that take a talk and have none."""
    days = visitor.page.locator("[data-plan-month] td[data-day]").evaluate_all(
        "all => all.filter(one => !one.querySelector('a')).map(one => one.dataset.day)"
    )
    return [day for day in days if day > after]


def stands_on(visitor, planned):
    return visitor.page.locator(f'[data-plan-month] a[data-planned="{planned}"]').evaluate(
        "one => one.closest('td').querySelector('time').dateTime"
    )


def confirm_if_asked(visitor):
    if visitor.view == "plans:move":
        visitor.send("plans:move")


def open_calendar(visitor, plan):
    """The secretary's own calendar at the first month with a talk to move and to propose.

    Other journeys on the same demo may have proposed some of the planned talks already.
    """
    visitor.go(plan)
    visitor.go(own_calendar(visitor))
    for month in [visitor.path, *month_links(visitor)]:
        visitor.go(month)
        for planned, day in talks_in_calendar(visitor):
            visitor.go("plans:planned", planned)
            if visitor.links_to("talks:new"):
                visitor.go(month)
                return planned, day
    raise LookupError(f"no talk to move in {plan}")


def own_calendar(visitor):
    return visitor.page.locator(".shell-actions a", has_text="我的日历").get_attribute("href")


def month_links(visitor):
    here = visitor.path
    found = visitor.page.locator(".plan-months a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return [here + query for query in found]


def test_a_plan_is_proposed_changed_approved_and_followed(visit):
    organiser = visit(ORGANISER)
    organiser.go("plans:new")
    organiser.send("plans:new")
    assert organiser.view == "plans:plan"
    organiser.says("已拟订，待批准")
    plan = organiser.path

    chief = visit(SECRETARY)
    planned, day = open_calendar(chief, plan)
    talk = chief.page.locator(f'[data-plan-month] a[data-planned="{planned}"]')
    talk.focus()
    with chief.page.expect_navigation(wait_until="load"):
        chief.page.keyboard.press("Alt+ArrowRight")
    confirm_if_asked(chief)
    moved_to = stands_on(chief, planned)
    assert moved_to > day
    chief.says("谈话已改到")
    chief.press(chief.page.get_by_role("button", name="撤销").first)
    assert stands_on(chief, planned) == day

    target = next(iter(free_days(chief, day)), None) or free_days(chief, "")[0]
    with chief.page.expect_navigation(wait_until="load"):
        chief.page.locator(f'[data-plan-month] a[data-planned="{planned}"]').drag_to(
            chief.page.locator(f'[data-plan-month] td[data-day="{target}"]')
        )
    confirm_if_asked(chief)
    assert stands_on(chief, planned) == target

    chief.go(plan)
    chief.press(chief.page.get_by_role("button", name="批准计划"))
    chief.says("已批准，执行中")

    chief.go("plans:planned", planned)
    chief.says("由人工改到这一天")
    chief.page.locator(".shell-actions a.btn-primary").click()
    chief.page.wait_for_load_state("load")
    assert chief.view == "talks:new"
    assert chief.page.locator('[name="planned_for"]').input_value().startswith(target)
    chief.send("talks:new")
    assert chief.view == "talks:talk"


def test_without_a_script_and_on_a_small_phone_a_day_is_chosen_in_a_form(visit):
    chief = visit(SECRETARY, script=False, size=(320, 640))
    chief.go("plans:list")
    chief.go(chief.links_to("plans:plan")[0])
    chief.go(own_calendar(chief))
    form = chief.fill("plans:move", day="2020-01-06")
    with chief.page.expect_navigation(wait_until="load") as went:
        # A day that is over is refused by the browser already; here the server is asked.
        form.evaluate("one => { one.noValidate = true; one.requestSubmit(); }")

    assert went.value.status == 422
    chief.says("只能排在工作日")
