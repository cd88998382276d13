"""People in front of a browser: who they are, what they see, and what their console complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Locator,
    Page,
    Playwright,
    Response,
)

from our_tools import tool

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip
DESKTOP, PHONE, SMALLEST = (1440, 900), (390, 844), (320, 640)
OF_RESPONSES = ("Failed to load resource", "Response Status Error Code 4")
ANSWERED_IN_WORDS = {401, 403, 404, 409, 422}


@dataclass(frozen=True)
class Look:
    """How somebody has set up the pages."""

    language: str = "zh-hans"
    theme: str = "light"
    size: tuple[int, int] = DESKTOP
    script: bool = True
    large: bool = False


def launched(playwright: Playwright) -> Browser:
    return launch(playwright.chromium)


def launch(chromium_type: BrowserType) -> Browser:
    chromium = tool("find_chromium").found()
    if chromium is None:
        raise RuntimeError("No Chromium on the PATH; see: make chromium")
    return chromium_type.launch(executable_path=chromium, args=FLAGS)


class Visitor:
    """Somebody's window on the site. ``complaints`` must be empty in the end."""

    def __init__(self, context: BrowserContext, url: str, *, has_script: bool = True) -> None:
        context.set_default_timeout(30_000)
        self.url = url
        self.context = context
        self.has_script = has_script
        self.complaints: list[str] = []
        # Where a walk through pages of these names led; see ``pages``.
        self.ways: dict[tuple[str, ...], str] = {}
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._on_response)
        self.page.on("request", self._on_request)

    def _on_console(self, message) -> None:
        # A refused form is logged as a failed load, a draft's also by htmx; what is not meant is
        # found by its response.
        if message.type == "error" and not message.text.startswith(OF_RESPONSES):
            self.complaints.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        expected = response.status < 400 or response.status in ANSWERED_IN_WORDS
        if not expected or ("/static/" in response.url and response.status >= 400):
            self.complaints.append(f"{response.status} from {response.url}")

    def _on_request(self, request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def go(self, to: str, *args: object, query: str = "") -> Page:
        """To a page by its URL name, or by its path."""
        path = to if to.startswith("/") else reverse(to, args=args)
        self.page.goto(self.url + path + (f"?{query}" if query else ""), wait_until="load")
        return self.page

    def enter_as(self, handle: str) -> "Visitor":
        self.go("login:login")
        self.page.locator(f'button[name="handle"][value="{handle}"]').click()
        self.page.wait_for_url(f"{self.url}/")
        return self

    def leave(self) -> None:
        self.context.clear_cookies(name="sessionid")

    @property
    def view(self) -> str:
        """The URL name of the page that is shown."""
        return view_of(self.page.url)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def links_to(self, name: str, *, saying: str = "") -> list[str]:
        """Paths of the links in the page that lead to pages of this name."""
        found = self.page.locator("main a[href]", has_text=saying or None).evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        return [path for path in found if view_of(path) == name]

    def says(self, *words: str) -> None:
        """The page shows these words."""
        text = self.page.locator("#main").inner_text()
        for word in words:
            assert word in text, f"{word!r} is not on {self.page.url}: {text[:3000]}"

    def says_nothing_of(self, *words: str) -> None:
        content = self.page.content()
        for word in words:
            assert word not in content, f"{word!r} is on {self.page.url}"

    def may_open(self, path: str) -> bool:
        """Would this page show itself to this visitor?"""
        return self.context.request.get(self.url + path, max_redirects=0).status == 200

    def form_to(self, name: str) -> Locator:
        """The form on this page that is sent to a page of this name, unfolded if need be."""
        actions = self.page.locator("form").evaluate_all(
            "forms => forms.map(form => form.getAttribute('action') || location.pathname)"
        )
        if name not in map(view_of, actions):
            raise LookupError(f"{self.page.url} has no form to {name}; it has {actions}")
        form = self.page.locator("form").nth(list(map(view_of, actions)).index(name))
        if not form.is_visible():
            form.locator("xpath=ancestor::details[1]/summary").click()
        return form

    def fill(self, name: str, **values: object) -> Locator:
        """Write into the form that is sent to a page of this name; a radio or a box by ``check``."""
        form = self.form_to(name)
        for field, value in values.items():
            control = form.locator(f'[name="{field}"], [name$="-{field}"]')
            if value is True:
                control.check()
            elif control.first.get_attribute("type") in {"radio", "checkbox"}:
                control.locator(f'xpath=self::*[@value="{value}"]').check()
            elif control.evaluate("one => one.tagName") == "SELECT":
                choose(control, str(value))
            else:
                control.fill(str(value))
        return form

    def send(self, name: str, **values: object) -> None:
        """Fill the form, press its main button and wait for the page that answers."""
        form = self.fill(name, **values)
        main = form.locator("button.btn-primary")
        button = main.first if main.count() else form.locator('button[type="submit"]').first
        self.press(button)

    def press(self, button: Locator) -> None:
        with self.page.expect_navigation(wait_until="load") as went:
            button.click()
        said = self.page.locator("#main").inner_text()
        assert went.value.status < 400, f"{went.value.status}: {said[:3000]}"


def choose(select: Locator, wanted: str) -> None:
    """The first option whose words or value hold what is wanted, as a script or a hand would."""
    options = select.locator("option").evaluate_all(
        "options => options.map(option => [option.value, option.textContent])"
    )
    value = next(value for value, text in options if wanted in (value, text) or wanted in text)
    select.evaluate(
        """(one, value) => {
            if (one.tomselect) { one.tomselect.setValue(value); return; }
            one.value = value;
            one.dispatchEvent(new Event('change', {bubbles: true}));
        }""",
        value,
    )


def view_of(address: str) -> str:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name


@contextmanager
def visiting(browser: Browser, url: str, look: Look) -> Iterator[Visitor]:
    width, height = look.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=look.script,
        color_scheme="dark" if look.theme == "dark" else "light",
        reduced_motion="reduce",
        locale="zh-CN" if look.language == "zh-hans" else "en-GB",
        timezone_id="Asia/Shanghai",
    )
    choices = {
        "tanxin_language": look.language,
        "tanxin_theme": look.theme,
        "tanxin_print": "1" if look.large else "0",
    }
    context.add_cookies([{"name": n, "value": v, "url": url} for n, v in choices.items()])
    try:
        yield Visitor(context, url, has_script=look.script)
    finally:
        context.close()
