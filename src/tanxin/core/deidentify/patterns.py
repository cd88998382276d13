"""What points at somebody, or at one moment or place, without standing in any directory."""

import re

DIGITS = r"[0-9零〇一二三四五六七八九十两幺]"
NUMBER = re.compile(r"[0-9]{7,}x?|[零〇一二三四五六七八九幺]{7,}|[a-z0-9._+]{1,64}@[a-z0-9.]{3,}")
DATE = re.compile(
    rf"(?:{DIGITS}{{2,4}}年)?{DIGITS}{{1,3}}月(?:{DIGITS}{{1,3}}[日号]|份|初|中旬|下旬|上旬|底)?"
    rf"|{DIGITS}{{4}}年|{DIGITS}{{1,3}}[日号](?!楼)|[0-9]{{1,4}}[./][0-9]{{1,2}}(?:[./][0-9]{{1,4}})?"
    r"|(?:上|这|本|前)个?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:周|星期|礼拜)[一二三四五六日天]"
    r"|昨天|前天|昨晚|今早|今天上午|今天下午|前几天"
)
PLACE = re.compile(
    rf"{DIGITS}{{1,5}}(?:号楼|层楼|楼|层|栋|幢|单元|室|病区|病房|号房|车间|班组|号院|村|组|号岗)"
)
TITLES = (
    "某某|某|处长|科长|局长|部长|院长|校长|所长|主任|书记|主席|委员|秘书|经理|总监|总|工程师|老师|师傅"
    "|教授|医生|大夫|护士|同志|先生|女士|姐|哥|叔|姨|处|局"
)
# Which words say that somebody belongs to a group of people, and what the group is called here.
GROUPS = {
    "retired": r"离退休|退休|离休|内退|老干部|老同志",
    "floating": r"流动党员|外出务工",
    "hardship": r"困难党员|困难职工|困难家庭|低保",
    "frail": r"年老体弱|高龄",
    "ill": r"患病|住院|病休|病假|重病|手术|术后|化疗|透析|抑郁",
    "abroad": r"出国|境外|驻外",
    "leave": r"产假|哺乳|怀孕|孕期|陪产|待产|长期请假",
    "secondment": r"借调|挂职|抽调|援派|驻村",
    "study": r"脱产|进修",
    "sanction": r"受处分|处分期|影响期|诫勉",
    "newcomer": r"新入职|新进|试用期|见习期|刚参加工作|新来的",
    "alone": r"独居|空巢",
    "minority": r"少数民族|民族同志",
    "woman": r"女同志|女职工|女干部|宝妈",
    "young": r"年轻干部|年轻同志|青年干部|青年职工|[89零〇0][50零〇五]后",
    "chief": r"主要负责人|一把手",
    "disabled": r"残疾|残障",
    "non_party": r"民主党派|党外|无党派",
    "single_parent": r"单亲|离异|离婚|丧偶",
    "twins": r"双胞胎|二胎|三胎",
}
GROUP = re.compile("|".join(f"(?P<{name}>{words})" for name, words in GROUPS.items()))


def surname_forms(surnames: frozenset[str]) -> re.Pattern[str] | None:
    """What people say for a name: 老王, 小李, 王某, 张处长."""
    if not surnames:
        return None
    one = "|".join(sorted(map(re.escape, surnames), key=len, reverse=True))
    return re.compile(rf"[老小阿](?:{one})(?![一-鿿]?[些小大型])|(?:{one})(?:{TITLES})")
