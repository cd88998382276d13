"""The page stops a mark before any request carries it, and judges every text as the server does."""

import json
import zipfile
from io import BytesIO
from urllib.parse import unquote_plus

import pytest
import typst

from core.markings.made import marked, ordinary
from e2e.browsing import Visitor
from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER
from e2e.people import find_partner, moment
from our_tools import ROOT, SOURCE
from tanxin.core.markings import screen
from tanxin.core.uploads import texts_in

SCRIPTS = ROOT / "frontend" / "src" / "js" / "markings"
STOPPED = "此处带有国家秘密标志"
HINT = "涉密文件常用的字样"
LONGER_THAN_THE_AUTOSAVE_MS = 2_500


@pytest.fixture
def laboratory(browser):
    """The browser's own engine with our modules, without a site around it."""
    page = browser.new_page()
    for name in ("pdf", "files", "screen"):
        script = (SCRIPTS / f"{name}.js").read_text("utf-8")
        plain = script.replace("export ", "").replace('import { pdfTexts } from "./pdf.js";\n', "")
        # One scope each, or their constants collide; what they export goes to the window.
        found = {"pdf": "pdfTexts", "files": "textsIn", "screen": "screenOf"}[name]
        page.add_script_tag(content=f"(() => {{ {plain}\nwindow.{found} = {found}; }})()")
    page.evaluate(
        "rules => { window.verdict = screenOf(rules) }",
        json.loads((SOURCE / "core/markings/rules.json").read_text("utf-8")),
    )
    yield page
    page.close()


def test_browser_and_server_say_the_same_of_every_text(laboratory):
    texts = [
        *marked(),
        *ordinary(5_000),
        "",
        "\ud83c\udf1f",
        "a" * 20_000,
        "机密🌟10年",
        "㊙密★⑩年",
        "机\u0301密★10年",
    ]
    texts = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]

    browsers = laboratory.evaluate(
        "texts => texts.map(text => { const { rule, hint } = verdict(text); return [rule, hint]; })",
        texts,
    )

    ours = [[seen.rule, seen.hint] for seen in map(screen, texts)]
    differ = [
        text for text, mine, theirs in zip(texts, ours, browsers, strict=True) if mine != theirs
    ]
    print(f"texts judged by both: {len(texts)}, differently: {len(differ)}")
    assert differ == []


def docx(body):
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:p>{''.join(f'<w:r><w:t>{sign}</w:t></w:r>' for sign in body)}</w:p>",
        )
    return held.getvalue()


def packed(name, data):
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def pdf(tmp_path, text):
    source = tmp_path / "page.typ"
    source.write_text(
        f'#set text(font: ("Libertinus Serif", "Noto Serif CJK SC"))\n{text}', "utf-8"
    )
    return typst.compile(str(source))


def chromes_pdf(page, text):
    page.set_content(f"<meta charset=utf-8><h1>{text}</h1><p>关于召开会议的通知 2026</p>")
    return page.pdf()


def files(tmp_path, page, mark):
    text = f"谈话提纲\n{mark}\n正文"
    return {
        "utf-8.txt": text.encode(),
        "bom.txt": text.encode("utf-8-sig"),
        "gb18030.txt": text.encode("gb18030"),
        "utf-16.txt": text.encode("utf-16"),
        "web page.html": f"<p>谈话</p><p><b>{mark[0]}</b>{mark[1:]}</p>".encode(),
        "entities.html": "".join(f"&#{ord(sign)};" for sign in mark).encode() + b"<p>",
        "letter.docx": docx(mark),
        "packed.zip": packed("内/letter.docx", docx(mark)),
        "inner.zip": packed(f"{mark}.txt", b""),
        "sheet.xlsx": packed("xl/sharedStrings.xml", f"<sst><si><t>{mark}</t></si></sst>"),
        "typst.pdf": pdf(tmp_path, mark.replace("*", r"\*")),
        "chromium.pdf": chromes_pdf(page, mark),
    }  # fmt: skip


def test_browser_and_server_find_the_same_marks_in_files(laboratory, browser, tmp_path):
    context = browser.new_context()
    printer = context.new_page()
    for mark, stops in {
        "机密★10年": True,
        "绝密★启用前": True,
        "密级：秘密": True,
        "保守秘密": False,
        "年度谈话": False,
    }.items():
        for name, data in files(tmp_path, printer, mark).items():
            server = any(screen(text).stops for text in texts_in(data))
            theirs = laboratory.evaluate(
                """async (numbers) => {
                    const bytes = Uint8Array.from(numbers);
                    for await (const text of textsIn(bytes, false)) if (verdict(text).rule) return true;
                    return false;
                }""",
                list(data),
            )
            assert (server, theirs) == (stops, stops), (mark, name)
    context.close()


class Traffic:
    """Everything that a page sends, however it sends it."""

    def __init__(self, visitor: Visitor) -> None:
        self.sent: list[str] = []
        visitor.page.on("request", self.note)

    def note(self, request) -> None:
        body = request.post_data_buffer or b""
        self.sent.append(
            f"{request.method} {unquote_plus(request.url)} {unquote_plus(body.decode('utf-8', 'replace'))}"
        )

    def of_the_page(self):
        return [one for one in self.sent if "/static/" not in one]


def writing(visit):
    """The record form of a talk that has been held, open and empty."""
    deputy = visit(DEPUTY)
    find_partner(deputy, HEAD)
    deputy.fill("talks:new", planned_for=moment(hours=-1))
    deputy.page.locator('[name="took_place"]').check()
    deputy.send("talks:new")
    return deputy


def test_of_all_marked_texts_none_leaves_the_page(visit):
    deputy = writing(visit)
    traffic, page = Traffic(deputy), deputy.page
    box = page.locator('textarea[name="text"]')

    texts = marked()
    missed = box.evaluate(
        """(box, texts) => texts.filter((text) => {
            box.value = text;
            box.dispatchEvent(new Event("input", { bubbles: true }));
            const shown = box.closest(".field").querySelector('[data-marking="stop"]');
            box.form.querySelector("[formaction]").click();
            return !shown || box.validity.valid;
        })""",
        texts,
    )
    page.wait_for_timeout(LONGER_THAN_THE_AUTOSAVE_MS)

    print(
        f"marked texts typed: {len(texts)}, passed: {len(missed)}, requests: {len(traffic.of_the_page())}"
    )
    assert missed == []
    assert traffic.of_the_page() == []
    deputy.says(STOPPED, "保密员")
    box.fill("谈了今年的工作。")
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        box.press("End")
        page.keyboard.type("好")
    assert page.locator('[data-marking="stop"]').count() == 0


def test_what_stood_in_the_page_already_is_stopped_when_it_is_sent(visit):
    deputy = writing(visit)
    traffic = Traffic(deputy)
    deputy.page.locator('textarea[name="text"]').evaluate("box => { box.value = '机密★10年' }")

    deputy.page.locator("form.form-card button[formaction]").click()
    deputy.page.locator('textarea[name="memo"]').fill("其他")
    deputy.page.wait_for_timeout(LONGER_THAN_THE_AUTOSAVE_MS)

    assert traffic.of_the_page() == []
    deputy.says(STOPPED)


def test_a_bare_word_gives_a_hint_that_can_be_closed_and_does_not_come_back(visit):
    deputy = writing(visit)
    box = deputy.page.locator('textarea[name="text"]')
    box.fill("提醒他保守秘密")
    deputy.says(HINT)

    deputy.page.locator("[data-marking-seen]").click()
    box.fill("也谈到机密文件柜")

    deputy.says_nothing_of('data-marking="hint"')


def test_a_search_and_a_boxs_suggestions_do_not_ask_with_a_mark(visit):
    member = visit(MEMBER)
    member.go("org:search")
    traffic = Traffic(member)
    search = member.page.locator('input[name="q"]').first
    search.fill("机密★10年")
    search.press("Enter")
    member.page.wait_for_timeout(800)

    assert traffic.of_the_page() == []


@pytest.mark.parametrize("name", ["机密★10年 名册.csv", "名册.txt", "名册.docx", "名册.zip"])
def test_a_marked_file_is_held_back_and_a_clean_one_goes(visit, name, tmp_path):
    text = "姓名\n机密★10年"
    data = {
        "txt": text.encode(),
        "docx": docx("机密★10年"),
        "zip": packed("a.docx", docx("机密★10年")),
        "csv": b"x",
    }[name[-4:].strip(".")]
    dora = visit(ORGANISER)
    dora.go("roster:start")
    traffic, page = Traffic(dora), dora.page
    chooser = page.locator('input[type="file"]')

    chooser.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.locator("form:has(input[type=file]) button.btn-primary").click()
    page.wait_for_selector('[data-marking="stop"]')
    page.wait_for_timeout(500)
    assert traffic.of_the_page() == []

    chooser.set_input_files(
        {"name": "名册.csv", "mimeType": "text/csv", "buffer": "姓名,性别\n张三,男".encode()}
    )
    with page.expect_navigation():
        page.locator("form:has(input[type=file]) button.btn-primary").click()
    assert dora.view in {"roster:start", "roster:check"}


def test_without_scripts_the_server_stops_it(visit):
    member = visit(MEMBER, script=False)
    member.go("org:search", query="q=%E6%9C%BA%E5%AF%86%E2%98%8510%E5%B9%B4")

    member.says("未保存任何内容", "保密员")
