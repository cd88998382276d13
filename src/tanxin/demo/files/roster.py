"""The personnel department's workbook: people, units, teams, charges, contacts, states, events."""

from collections.abc import Iterable
from datetime import date

from tanxin.demo.files.sheet import Cell, Sheet, workbook
from tanxin.demo.invent import Human, Organisation

PEOPLE: dict[str, tuple[str, ...]] = {
    "序号": (), "工号": (), "姓名": (), "性别": (), "出生\n年月": (), "籍贯": (),
    "参加工作\n时间": (),
    "入党\n时间": (), "政治\n面貌": (), "学历学位": ("全日制教育", "在职教育"), "单位": (),
    "部门": (),
    "现任职务": (), "任现职\n时间": (), "职级": (), "任现职级\n时间": (), "所在党支部": (),
    "党内职务": (),
    "人员状态": (), "身份证号": (), "手机号": (), "邮箱": (),
}  # fmt: skip
DEPARTMENT_COLUMN = 11
SPACED_NAME = 2


def main_workbook(org: Organisation, elsewhere: str) -> bytes:
    """Everybody but the people of ``elsewhere``, who come in a file of their own."""
    here = [human for human in org.people if human.unit != elsewhere]
    working = [human for human in here if human.place]
    retired = [human for human in here if not human.place]
    return workbook(
        [
            Sheet(
                "机关及所属单位", f"{org.plan.name}工作人员花名册", PEOPLE, people_rows(working),
                merged=frozenset({DEPARTMENT_COLUMN}), signed=True,
            ),
            Sheet("离退休党员", f"{org.plan.name}离退休党员名册", PEOPLE, people_rows(retired),
            signed=True),
            units(org),
        ],
        filled_in=filled_in(org),
    )  # fmt: skip


def relations_workbook(org: Organisation) -> bytes:
    """What may name anybody, so it is taken in when everybody is known."""
    return workbook(
        [teams(org), charges(org), authorities(org), contacts(org), states(org), events(org)],
        filled_in=filled_in(org),
    )


def filled_in(org: Organisation) -> str:
    return f"填报部门：人事处　　　填报日期：{org.today:%Y年%m月%d日}"


def people_rows(people: Iterable[Human]) -> list[list[Cell]]:
    return [person_row(at, human) for at, human in enumerate(people, 1)]


def person_row(at: int, human: Human) -> list[Cell]:
    return [
        at, human.number, spaced(human.name), human.gender, month(human.born), human.origin,
        month(human.started), month(human.joined), human.politics, human.schooling,
        human.later_schooling, human.unit, human.department, human.title, month(human.post_since),
        human.rank, month(human.rank_since), human.branch, human.party_post, human.state or "在职",
        human.id_number, human.phone, mail(human),
    ]  # fmt: skip


def mail(human: Human) -> str:
    """Of those who work here; the retired are telephoned."""
    return f"{human.number.lower()}@linlan.example" if human.place else ""


def spaced(name: str) -> str:
    """Two characters are set apart so that they stand as wide as three."""
    return "　".join(name) if len(name) == SPACED_NAME else name


def month(day: date | None) -> str:
    return f"{day:%Y.%m}" if day else ""


def units(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "单位编码": (), "单位名称": (), "类别": (), "上级单位编码": (), "排序": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [unit.code, unit.name, unit.kind, unit.parent, at] for at, unit in enumerate(org.units, 1)
    ]
    return Sheet("机构", f"{org.plan.name}机构设置情况表", heads, rows)


def teams(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "班子名称": (), "单位": (), "类别": (), "成员姓名": (), "工号": (), "担任角色": (),
        "任职时间": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [seat.team, seat.unit, seat.kind, seat.human.name, seat.human.number, seat.role, seat.start]
        for seat in org.seats
    ]
    return Sheet("班子成员", "领导班子成员名单", heads, rows)


def charges(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "领导姓名": (), "工号": (), "分管部门、单位": (), "起始时间": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [line.human.name, line.human.number, "、".join(line.units), line.start]
        for line in org.charges
    ]
    return Sheet("领导分工", "委领导工作分工一览表", heads, rows)


def authorities(org: Organisation) -> Sheet:
    """The organ manages heads everywhere, and each of its larger units all others in it."""
    heads: dict[str, tuple[str, ...]] = {
        "管理单位": (), "所管单位": (), "所管职级": (), "起始时间": (),
    }  # fmt: skip
    since = date(org.today.year - 2, 1, 1)
    top, *others = org.units
    rows: list[list[Cell]] = [
        [top.name, top.name, rank, since] for rank in ("县处级正职", "县处级副职")
    ]
    rows += [[unit.name, unit.name, "", since] for unit in others if unit.kind == "下属单位"]
    return Sheet("管理权限", "干部管理权限一览表", heads, rows)


def contacts(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "类别": (), "联系人": (), "工号": (), "对象姓名": (), "对象工号": (), "联系单位": (),
        "起始时间": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [
            line.kind, line.human.name, line.human.number, line.other.name if line.other else "",
            line.other.number if line.other else "", line.unit, line.start,
        ]
        for line in org.contacts
    ]  # fmt: skip
    return Sheet("联系结对", "联系点及结对帮带安排表", heads, rows)


def states(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "姓名": (), "工号": (), "状态": (), "起始时间": (), "截止时间": (), "依据": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [line.human.name, line.human.number, line.kind, line.start, line.end, line.source]
        for line in org.states
    ]
    return Sheet("重点对象", "重点关注人员状态登记表", heads, rows)


def events(org: Organisation) -> Sheet:
    heads: dict[str, tuple[str, ...]] = {
        "节点": (), "单位/班子": (), "姓名": (), "工号": (), "日期": (),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [
            line.kind, line.team, line.human.name if line.human else "",
            line.human.number if line.human else "", line.on,
        ]
        for line in org.events
    ]  # fmt: skip
    return Sheet("会议节点", "会议与事由登记表", heads, rows)
