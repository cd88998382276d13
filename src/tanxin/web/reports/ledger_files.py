"""A ledger as a file: a workbook, or the register of talks on paper."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.reports.exporting import ExportRow
from tanxin.apps.reports.ledger import ledger_of
from tanxin.web.directory import directory_of
from tanxin.web.papers.paper import Paper, Passage, Table
from tanxin.web.papers.typesetting import pdf_of
from tanxin.web.papers.word import KIND as WORD
from tanxin.web.papers.word import word_of
from tanxin.web.reports.sheets import Sheet, Writer
from tanxin.web.reports.span import figures_url
from tanxin.web.reports.workbook import KIND as EXCEL
from tanxin.web.reports.workbook import Cover, workbook_of
from tanxin.web.requests import ActorRequest

TYPES = {"xlsx": EXCEL, "pdf": "application/pdf", "docx": WORD}
MOMENT, DAY = "%Y-%m-%d %H:%M:%S", "%Y年%-m月%-d日"
REGISTER = ("序号", "谈话时间", "谈话人", "谈话对象", "类别", "形式", "方式", "状态", "签名")
# Which columns of the sheet of talks it takes.
REGISTERED = (0, 1, 2, 4, 6, 7, 8, 9)
REGISTER_WIDTHS = (9, 22, 17, 17, 18, 10, 14, 16, 14)


def ledger_file(
    request: ActorRequest, row: ExportRow, taken_id: UUID, file: str
) -> tuple[bytes, str]:
    """The bytes, and what the file is called."""
    actor, names, now = request.actor, directory_of(request), timezone.localtime(timezone.now())
    found = ledger_of(actor, row, on=now.date())
    writer = Writer(actor, found, names, now.date())
    mark = f"{names.name(actor.person_id)} {now:{MOMENT}} 导出"
    title = f"谈心谈话台账 {row.first} 至 {row.last}"
    whose = names.unit_name(row.unit_id) if row.unit_id else "本人经办"
    if file == "xlsx":
        sheets = writer.sheets(row.sheets.split())
        address = request.build_absolute_uri(address_of(row))
        cover = Cover(title, facts(row, whose), counts(sheets), address, mark, taken_id)
        return workbook_of(cover, sheets), f"{title}.xlsx"
    paper = register(row, whose, writer, f"{mark} {str(taken_id)[:8]}")
    body = pdf_of("official.typ", paper.values()) if file == "pdf" else word_of(paper)
    return body, f"{paper.title}.{file}"


def address_of(row: ExportRow) -> str:
    return figures_url(row.unit_id, row.first, row.last) if row.unit_id else reverse("talks:mine")


def facts(row: ExportRow, whose: str) -> tuple[tuple[str, str], ...]:
    return (
        ("单位", realm_name(row.realm_id)),
        ("范围", whose),
        ("期间", f"{row.first} 至 {row.last}"),
        ("说明", "本台账只记谈话的时间、人员和办理状态，不含谈话内容。请妥善保管，用后销毁。"),
    )


def counts(sheets: list[Sheet]) -> tuple[tuple[str, int], ...]:
    return tuple((f"{sheet.title}（条）", len(sheet.rows)) for sheet in sheets)


def register(row: ExportRow, whose: str, writer: Writer, foot: str) -> Paper:
    """The talks that were held, with a column to sign in."""
    writer.found.talks = [talk for talk in writer.found.talks if talk.held_at]
    rows = tuple((*(line[at] for at in REGISTERED), "") for line in writer.talks().rows)
    return Paper(
        title="谈心谈话登记簿",
        issuer=realm_name(row.realm_id),
        grade="",
        facts=facts(row, whose)[1:3],
        passages=(Passage("", table=Table(REGISTER, rows, REGISTER_WIDTHS)),),
        foot=foot,
        remark="本登记簿不记谈话内容。",
    )
