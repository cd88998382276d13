"""Results and evidence of a year, laid out for the table that goes to whoever assesses.

Papers are in Chinese whatever language the pages are in. No person is named, and of the evidence
only what the one who takes it may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter

from tanxin.apps.appraisal.reading.years import (
    ResultRow,
    TakenRow,
    may_name,
    months_of_requests,
    results_to_take,
    summed,
)
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.core.access import Actor
from tanxin.core.appraisal import Evidence, Indicator, Judged, Line, Standing
from tanxin.core.deidentify import is_crowd
from tanxin.web.appraisal.words import in_words
from tanxin.web.papers.paper import Paper, Passage
from tanxin.web.papers.word import word_of

NAMES = {
    Indicator.COVERAGE: "谈话覆盖",
    Indicator.CONFIRMED: "记录经本人确认",
    Indicator.ON_TIME: "措施按期办结",
    Indicator.CLOSURE: "问题经核查解决",
    Indicator.EFFECT: "回访确有成效",
    Indicator.RECURRENCE: "问题未再反复",
    Indicator.VIEW: "谈话对象反映",
    Indicator.REQUESTS: "约谈按期答复",
    Indicator.REPLIED: "所提问题有答复",
}
STANDINGS = {
    Standing.GIVEN: "已得出结果",
    Standing.TOO_LITTLE: "证据不足",
    Standing.BELOW: "未达覆盖门槛",
}
TOO_FEW = "证据不足"
OUTCOMES = {2: "是", 1: "部分", 0: "否"}
CHANGES = {"out": "（申诉后不计）", "met": "（申诉后计为“是”）"}
METHOD = (
    "计算办法：各项为比例，按权重加权平均；为防小数目失真，"
    "每项按全单位平均水平补 {strength} 例后计算；少于 {fewest} 例的不计分，注明“证据不足”，"
    "其权重由其余各项分担；有证据的权重不足一半的，不出结果。"
    "谈话覆盖只作门槛，不计分。本表按机构顺序排列，不作排名。"
)
Row = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    issuer: str
    note: str
    heads: Row
    rows: list[Row]
    evidence: list[Row]


def table_of(actor: Actor, taken: TakenRow, names: Directory, today: date) -> Table:
    results = results_to_take(actor, taken, on=today)
    every = [judged for _, judged in results]
    known, asked = may_name(actor, every), months_of_requests(actor, every)
    scheme = taken.scheme.data
    weighed = [key for key in Indicator if scheme["weights"].get(key.value)]
    floored = [key for key in Indicator if scheme["floors"].get(key.value)]
    heads = ["单位"]
    heads += [f"{NAMES[key]}（门槛 {scheme['floors'][key.value]}%）" for key in floored]
    heads += [f"{NAMES[key]}（权重 {scheme['weights'][key.value]}）" for key in weighed]
    frozen = "已冻结" if taken.state == "frozen" else f"未冻结，截至 {taken.until}"
    note = METHOD.format(strength=scheme["strength"], fewest=scheme["fewest"])
    return Table(
        title=f"{taken.year}年度谈心谈话落实情况结果表（{frozen}）",
        issuer=realm_name(actor.realm_id),
        note=f"{note} 考核办法第 {taken.scheme.number} 版，计算方法第 {taken.method} 版。",
        heads=[*heads, "结果", "说明"],
        rows=[line_of(row, judged, names) for row, judged in results],
        evidence=[
            line
            for row, judged in results
            for line in evidence_of(row, judged, names, known, asked)
        ],
    )


def line_of(row: ResultRow, judged: Judged, names: Directory) -> Row:
    result = judged.result
    cells = [reached(line) for line in result.thresholds]
    cells += [in_words(line.tenths) or TOO_FEW for line in result.lines]
    said = STANDINGS[result.standing] + ("；已按申诉决定重算" if judged.changes else "")
    return [names.unit_name(row.unit_id), *cells, in_words(result.tenths), said]


def reached(line: Line) -> str:
    if line.tenths is None:
        return "无应谈"
    return "达到" if line.reached else "未达到"


def evidence_of(
    row: ResultRow,
    judged: Judged,
    names: Directory,
    known: Mapping[str, date],
    asked: Mapping[str, date],
) -> list[Row]:
    """Things by their number and month; where only sums may be known, the sums."""
    unit, lines = names.unit_name(row.unit_id), []
    for key, evidence in judged.evidence.items():
        if key is Indicator.REQUESTS:
            lines += [[unit, NAMES[key], *cells] for cells in of_requests(evidence, judged, asked)]
            continue
        if any(evidence.sums):
            lines.append([unit, NAMES[key], *together(evidence.sums)])
        for ref, half in evidence.rows:
            if ref in known:
                when = f"{known[ref]:%Y-%m}"
                said = outcome(judged, ref, half)
                lines.append([unit, NAMES[key], f"问题 {ref[:8]}", when, said])
    return lines


def of_requests(evidence: Evidence, judged: Judged, asked: Mapping[str, date]) -> list[Row]:
    """By month and without a number that leads to one; fewer than five as sums."""
    rows = [(asked[ref], outcome(judged, ref, half)) for ref, half in evidence.rows if ref in asked]
    if is_crowd(rows):
        return [["约谈（按答复期限）", f"{month:%Y-%m}", said] for month, said in sorted(rows)]
    return [together(summed(evidence, asked))] if rows else []


def outcome(judged: Judged, ref: str, half: int) -> str:
    return OUTCOMES[half] + CHANGES.get(judged.changes.get(ref, ""), "")


def together(sums: tuple[int, int, int]) -> Row:
    yes, partly, no = sums
    return ["合计", "", f"是 {yes}、部分 {partly}、否 {no}"]


def workbook_of(table: Table) -> bytes:
    """Everything is text: what looks like a formula is none."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    plain = book.add_format({"border": 1})
    large = book.add_format({"bold": True, "font_size": 16})
    small = book.add_format({"text_wrap": True, "valign": "top", "font_size": 9})
    for name, heads, rows in (
        ("结果", table.heads, table.rows),
        ("证据清单", ["单位", "项目", "事项", "提出年月", "情况"], table.evidence),
    ):
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, len(heads) - 1, 16)
        sheet.write_string(0, 0, f"{table.issuer} {table.title}", large)
        sheet.merge_range(1, 0, 1, len(heads) - 1, "", small)
        sheet.write_string(1, 0, table.note, small)
        sheet.set_row(1, 60)
        for at, head in enumerate(heads):
            sheet.write_string(3, at, head, bold)
        for down, row in enumerate(rows, 4):
            for at, cell in enumerate(row):
                sheet.write_string(down, at, cell, plain)
        sheet.freeze_panes(4, 1)
    book.close()
    return held.getvalue()


def word_of_table(table: Table) -> bytes:
    """One passage a unit, so that a page holds what a wide table would not."""
    return word_of(
        Paper(
            title=table.title,
            issuer=table.issuer,
            grade="内部资料",
            opening=f"\n{table.note}",
            passages=tuple(passage(table, row) for row in table.rows),
            signatures=("考核组", "被考核单位负责人"),
            foot="本表由谈心系统导出；证据清单见同期电子表格。",
        )
    )


def passage(table: Table, row: Row) -> Passage:
    unit, *cells, number, said = row
    shown = "；".join(f"{head} {cell}" for head, cell in zip(table.heads[1:-2], cells, strict=True))
    result = f"结果 {number}，{said}。" if number else f"{said}。"
    return Passage(unit, f"{result}{shown}。")
