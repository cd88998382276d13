"""A running site takes bombs and cut-off uploads, and leaves what was typed in no file of its own."""

import os
import random
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import canaries
from core.uploads import bombs
from e2e.browsing import Look, visiting
from e2e.pages import DEPUTY, HEAD, ORGANISER
from e2e.people import find_partner, moment
from e2e.running_demo import RunningDemo
from tanxin.core.uploads import FileRefused, admit

pytestmark = pytest.mark.prove
CANARIES = [f"金丝雀{at:03}号说家里有病人" for at in range(200)]
SECONDS, MUTATIONS = 2.0, 3_000


@pytest.fixture(scope="module")
def place(home, tmp_path_factory):
    """A demo whose temporary files lie where they can be looked through."""
    temporary = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        with RunningDemo(home) as site:
            yield site, temporary


@pytest.fixture
def window(place, browser):
    site, _ = place
    with visiting(browser, site.url, Look()) as visitor:
        yield visitor


def token(visitor):
    return visitor.page.locator(
        'form.form-card input[name="csrfmiddlewaretoken"], main input[name="csrfmiddlewaretoken"]'
    ).first.input_value()


def test_a_site_refuses_every_bomb_and_still_answers(place, window):
    site, _ = place
    window.enter_as(ORGANISER).go("roster:start")
    csrf, slowest = token(window), (0.0, "")
    # What is larger is no bomb for a roster: it may be that large, and is read to its end.
    small = {name: data for name, data in bombs.corpus().items() if len(data) < 10 * 2**20}

    for name, data in small.items():
        began = time.monotonic()
        answer = window.context.request.post(
            window.page.url,
            headers={"Referer": window.page.url},
            multipart={
                "csrfmiddlewaretoken": csrf,
                "on": "2026-11-23",
                "file": {"name": name, "mimeType": "application/octet-stream", "buffer": data},
            },
        )
        slowest = max(slowest, (time.monotonic() - began, name))
        assert answer.status in {200, 400, 422}, (name, answer.status)
        assert site.answers()

    print(
        f"bombs sent: {len(small)}, slowest {slowest[1]} {slowest[0]:.2f} s, load {os.getloadavg()[0]:.1f}"
    )
    assert slowest[0] <= SECONDS


def test_no_mutation_of_any_file_does_more_than_be_refused():
    chance = random.Random(30)
    sources = [data for data in bombs.corpus().values() if len(data) < 200_000]
    sources += [bombs.png(), bombs.jpeg(), bombs.zipped({bombs.WORD: b"<w:p><w:t>x</w:t></w:p>"})]
    refused, slowest = 0, 0.0
    for _ in range(MUTATIONS):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        began = time.perf_counter()
        try:
            admit("a", bytes(data))
        except FileRefused:
            refused += 1
        slowest = max(slowest, time.perf_counter() - began)
    print(f"mutations: {MUTATIONS}, refused {refused}, slowest {slowest:.2f} s")
    assert slowest <= SECONDS


def test_what_was_typed_is_in_no_file_in_nine_forms(place, window, browser):
    site, temporary = place
    window.enter_as(DEPUTY)
    find_partner(window, HEAD)
    window.fill("talks:new", planned_for=moment(hours=-1), channel="face", place=CANARIES[0])
    window.page.locator('[name="took_place"]').check()
    window.send("talks:new")
    text = "\n".join(CANARIES[1:120])
    with window.page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        window.fill("talks:write", text=text)
        window.page.locator('textarea[name="text"]').press("End")
        window.page.keyboard.type("。")
    window.send(
        "talks:write",
        unclassified=True,
        text=text,
        memo="\n".join(CANARIES[120:160]),
    )
    window.go(f"{window.path}record/")
    cut_off_upload(site, window)
    roster = "姓名,单位\n" + "\n".join(f"{one},局" for one in CANARIES[160:])
    window.go("home:home")
    with visiting(browser, site.url, Look()) as organiser:
        organiser.enter_as(ORGANISER).go("roster:start")
        file = {"name": f"{CANARIES[199]}.csv", "mimeType": "text/csv", "buffer": roster.encode()}
        organiser.form_to("roster:start").locator('input[type="file"]').set_input_files(file)
        organiser.send("roster:start")
    crash(site)

    found = canaries.found_below(site.home.parent, CANARIES) | canaries.found_below(
        temporary, CANARIES
    )
    looked = sum(path.stat().st_size for path in site.home.parent.rglob("*") if path.is_file())
    print(
        f"canaries: {len(CANARIES)}, bytes looked through: {looked:,}, files with a hit: {len(found)}"
    )
    assert found == {}


def cut_off_upload(site, window):
    """Ten megabytes announced, half of them sent, and the line goes dead."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in window.context.cookies())
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        + "\n".join(CANARIES).encode()
    )
    head = (
        f"POST /roster/ HTTP/1.1\r\nHost: {urlsplit(site.url).netloc}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {10 * 2**20}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), 5) as line:
        line.sendall(head.encode() + body + bytes(5 * 2**20))
    time.sleep(1)


def crash(site):
    """The web process and its workers end as if a fault had hit them; what they held is not kept."""
    for pid in below(site._process.pid):
        if "granian" in Path(f"/proc/{pid}/cmdline").read_text("utf-8"):
            os.kill(pid, signal.SIGSEGV)
    time.sleep(2)


def below(pid):
    """The processes that this one started, and theirs."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
        yield from below(int(child))
        yield int(child)
