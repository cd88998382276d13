"""A person is chosen by typing: the box asks the server, and stays open with the answer."""

from e2e.pages import SECURITY


def test_who_types_a_few_letters_is_offered_people_and_takes_one(visit):
    visitor = visit(SECURITY)
    page = visitor.go("access:roles")

    page.locator(".ts-control").first.click()
    page.keyboard.type("li", delay=50)
    found = page.locator('.ts-dropdown .option[data-value]:not([data-value=""]) small').first
    found.wait_for(state="visible")
    found.click()

    assert page.locator("select[data-select-url]").first.input_value()
    assert visitor.complaints == []
