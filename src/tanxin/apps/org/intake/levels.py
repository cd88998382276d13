"""What the title of a post says about its level in the unit it belongs to."""

LED_BY_CHIEF = frozenset({"organ", "institution", "college", "subsidiary", "committee"})
LED_BY_HEAD = frozenset({"department", "section", "ward", "workshop"})
LEADS = (
    "书记", "主任", "局长", "院长", "校长", "处长", "科长", "部长", "所长", "站长", "馆长", "队长",
    "董事长", "总经理", "经理", "主席", "会长", "秘书长", "司长", "厅长", "县长", "区长", "市长",
    "护士长", "负责人",
)  # fmt: skip
MEMBERS = ("党组成员", "党委委员", "班子成员", "组长", "总工程师", "总经济师", "总会计师", "常委")
STAFF = ("办事员", "科员", "工作人员")


def level_of(title: str, unit_kind: str) -> str:
    """``chief | deputy | member | head | deputy_head | staff``.

    >>> level_of("党组书记、主任", "organ"), level_of("副处长", "department")
    ('chief', 'deputy_head')
    >>> level_of("党组成员、副主任", "organ"), level_of("一级主任科员", "department")
    ('deputy', 'staff')
    """
    leads = [part for part in parts(title) if part.endswith(LEADS)]
    if unit_kind in LED_BY_CHIEF:
        return level_in_organ(title, leads)
    if unit_kind in LED_BY_HEAD and leads:
        return "head" if any("副" not in part for part in leads) else "deputy_head"
    return "staff"


def level_in_organ(title: str, leads: list[str]) -> str:
    if any("副" not in part for part in leads):
        return "chief"
    if leads:
        return "deputy"
    return "member" if any(word in title for word in MEMBERS) else "staff"


def parts(title: str) -> list[str]:
    text = title.replace("，", "、").replace(",", "、").replace("兼", "、").replace("（", "、")
    return [part.strip("）) ") for part in text.split("、") if part.strip()]
