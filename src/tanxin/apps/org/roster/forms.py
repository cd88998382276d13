"""The cadres' form 干部任免审批表: ``.lrmx`` (XML) and the older ``.lrm`` (one quoted record).

Photograph, family, health and everything else a talk has no need of is not even read.
"""

import csv
import re
from io import StringIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from tanxin.apps.org.roster.grids import Form
from tanxin.apps.org.roster.values import plain

# Element → column of the people sheet; 呈报单位 stands for the unit, which the form has not.
ELEMENTS = {
    "XingMing": "name",
    "XingBie": "gender",
    "ChuShengNianYue": "birth",
    "MinZu": "ethnicity",
    "JiGuan": "origin",
    "RuDangShiJian": "joined_party",
    "CanJiaGongZuoShiJian": "started_work",
    "XianRenZhiWu": "post",
    "ChengBaoDanWei": "unit",
    "ShenFenZheng": "id_number",
    "JianLi": "career",
}
STUDIES = (("全日制", "QuanRiZhiJiaoYu"), ("在职", "ZaiZhiJiaoYu"))
# Fields of the .lrm record, counted from 0.
FIELDS = {
    0: "name", 1: "gender", 2: "birth", 3: "ethnicity", 4: "origin", 5: "joined_party",
    8: "started_work", 17: "career", 25: "post", 29: "unit",
}  # fmt: skip
STUDIES_FIELD = 9
LEAST_FIELDS = 26
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
NOTHING = frozenset({"", "无", "(无)", "（无）"})


class FormBroken(Exception):
    """The file is no readable form; ``args[0]`` is the finding's code."""


def read_lrmx(text: str, file: str) -> Form:
    """Raises ``FormBroken``. The encoding has been dealt with, so its declaration is dropped."""
    body = NOT_XML.sub("", DECLARATION.sub("", text.lstrip("\ufeff")))
    try:
        root = fromstring(body.encode(), forbid_dtd=True)
    except DefusedXmlException as reason:
        raise FormBroken("xml-entities") from reason
    except ParseError as reason:
        raise FormBroken("xml-broken") from reason
    if root.tag != "Person":
        raise FormBroken("xml-unknown")
    given = {child.tag: child.text or "" for child in root if child.tag != "ZhaoPian"}
    fields = {column: given.get(name, "") for name, column in ELEMENTS.items()}
    studies = [
        (word, plain(given.get(f"{name}_XueLi", "")), plain(given.get(f"{name}_XueWei", "")))
        for word, name in STUDIES
    ]
    return Form(file, {**without_nothing(fields), "education": education(studies)})


def read_lrm(text: str, file: str) -> Form:
    record = lrm_record(text)
    if len(record) < LEAST_FIELDS:
        raise FormBroken("lrm-broken")
    fields = {
        column: record[index].replace("@", "\n") if column == "career" else record[index]
        for index, column in FIELDS.items()
        if index < len(record)
    }
    studies = []
    for word, part in zip(("全日制", "在职"), record[STUDIES_FIELD].split("@"), strict=False):
        level, _, degree = part.partition("#")
        studies.append((word, plain(level), plain(degree)))
    return Form(file, {**without_nothing(fields), "education": education(studies)})


def lrm_record(text: str) -> list[str]:
    """The first record, quotes taken off; a résumé may break over lines."""
    try:
        return next(csv.reader(StringIO(text.strip(), newline=""), skipinitialspace=True), [])
    except csv.Error as reason:
        raise FormBroken("lrm-broken") from reason


def is_lrm(text: str) -> bool:
    """A quoted record with a gender in its second field: a quoted CSV has headings there."""
    start = text.lstrip("\ufeff \r\n\t")
    if not start.startswith('"'):
        return False
    parts = start[:400].split('","')
    return len(parts) > 1 and plain(parts[1]) in {"男", "女"} and start.count('","') >= LEAST_FIELDS


def education(studies: list[tuple[str, str, str]]) -> str:
    kept = [
        word + level + (f"（{degree}）" if degree not in NOTHING else "")
        for word, level, degree in studies
        if level not in NOTHING or degree not in NOTHING
    ]
    return "，".join(kept)


def without_nothing(fields: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text.strip() not in NOTHING}
