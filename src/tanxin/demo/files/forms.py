"""The leaders' cadre forms (干部任免审批表, ``.lrmx``)."""

from xml.sax.saxutils import escape

from tanxin.demo.files.roster import month
from tanxin.demo.invent import Human, Organisation

STEPS = ("科员", "副主任科员", "主任科员", "副处长", "处长")


def leaders_forms(org: Organisation) -> dict[str, bytes]:
    """File name → content."""
    return {f"{human.name}.lrmx": form(human).encode() for human in org.leaders}


def form(human: Human) -> str:
    fields = {
        "XingMing": human.name,
        "XingBie": human.gender,
        "ChuShengNianYue": f"{human.born:%Y%m}",
        "MinZu": "汉族",
        "JiGuan": human.origin,
        "RuDangShiJian": f"{human.joined:%Y%m}" if human.joined else "",
        "CanJiaGongZuoShiJian": f"{human.started:%Y%m}",
        "QuanRiZhiJiaoYu_XueLi": human.schooling,
        "ZaiZhiJiaoYu_XueLi": human.later_schooling,
        "XianRenZhiWu": human.title,
        "ChengBaoDanWei": human.unit,
        "ShenFenZheng": human.id_number,
        "JianLi": career(human),
    }
    inside = "\n".join(f"  <{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Person>\n{inside}\n</Person>\n'


def career(human: Human) -> str:
    """A step every few years from the first day of work to the present post."""
    last = human.post_since or human.started
    years = (last - human.started) / len(STEPS)
    lines = [
        f"{month(human.started + years * at)}--{month(human.started + years * (at + 1))}  "
        f"{human.unit}{step}"
        for at, step in enumerate(STEPS)
    ]
    return "\n".join([*lines, f"{month(last)}--         {human.unit}{human.title}"])
