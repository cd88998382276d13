"""Texts with a mark, made from its grammar and from the ways people write it; and ordinary talk."""

import random
from itertools import product

LEVELS = ("绝密", "机密", "秘密")
PERIODS = (
    "10年", "20年", "1年", "30年", "6个月", "3个月", "15日", "长期", "永久", "十年", "二十年", "三年",
    "至2036年12月31日", "2030年6月", "保密期限10年", "启用前", "公布前", "会议结束后解密", "不定期",
)  # fmt: skip
STARS = "★☆✩⭐＊*✪✭✰⋆✦✱✶🌟﹡"
TRADITIONAL = str.maketrans("绝机秘级长启号间个结开后", "絕機祕級長啟號間個結開後")
FULL_WIDTH = str.maketrans("0123456789*:", "０１２３４５６７８９＊：")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FINANCIAL = str.maketrans("一二三十", "壹贰叁拾")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u034f\u180e\u200e"
SPACES = (" ", "\u3000", "\u00a0", "\t", "\u2009", "\u202f")
BEFORE = ("", "某某市委办公室文件\n", "谈话中提到：", "附件　", "关于干部调整的请示\n000123\n")
AFTER = ("", "\n关于召开会议的通知", "。以上内容", "，请传阅", "\n特急")


def plain_marks() -> list[str]:
    starred = [f"{level}★{period}" for level, period in product(LEVELS, PERIODS)]
    labelled = [
        f"{label}{level}"
        for label in (
            "密级：",
            "密级:",
            "【密级】",
            "密级（",
            "保密等级：",
            "涉密等级:",
            "密级 = ",
            "密级——",
        )
        for level in LEVELS
    ]
    named = [f"{level}（保密期限：{period}）" for level in LEVELS for period in ("10年", "长期")]
    copies = ["份号：000123", "份号 000001", "份号:№ 123456", "份号：００００１２"]
    tops = [f"000123\n{level}\n特急" for level in LEVELS]
    alone = [f"{level}★" for level in LEVELS] + [f"{level}级★5年" for level in LEVELS]
    return starred + labelled + named + copies + tops + alone


def between(text: str, sign: str) -> str:
    return sign.join(text)


def foldings(mark: str, chance: random.Random) -> list[str]:
    """The same mark as it is typed, scanned, pasted or disguised."""
    space = chance.choice(SPACES)
    unseen = chance.choice(INVISIBLE)
    found = [
        mark.translate(TRADITIONAL),
        mark.translate(FULL_WIDTH),
        mark.translate(CHINESE),
        mark.translate(CHINESE).translate(FINANCIAL),
        between(mark, space),
        between(mark, unseen),
        between(mark.replace("\n", "\u2028"), space + unseen).translate(TRADITIONAL),
        mark.replace("★", f" {chance.choice(STARS)} "),
        mark.replace("★", chance.choice(STARS)).translate(FULL_WIDTH),
        mark.replace("★", "·★—"),
        mark.replace("密", "密\u3000").replace("★", "★\n"),
    ]
    return found + ([between(mark, "\n")] if mark.isalpha() or "★" in mark else [])


def marked() -> list[str]:
    """Every mark in every writing, each in some surrounding that must not hide it."""
    chance = random.Random(29)
    found = []
    for mark in plain_marks():
        alone_on_its_line = mark.endswith(("★", "特急"))
        for form in [mark, *foldings(mark, chance)]:
            before, after = chance.choice(BEFORE), chance.choice(AFTER)
            if alone_on_its_line:
                before, after = chance.choice(("", "标题\n")), chance.choice(("", "\n正文"))
            elif "\n" in form:
                after = chance.choice(("", "\n关于召开会议的通知", "\n特急"))
            found.append(before + form + after)
    return list(dict.fromkeys(found))


WHO = (
    "张伟同志",
    "小李",
    "王处长",
    "他本人",
    "这位老同志",
    "新来的大学生",
    "支部书记",
    "转岗的同志",
)
WHEN = (
    "2026年",
    "今年3月",
    "入党10年来",
    "到岗三年",
    "近5年",
    "上半年",
    "退休前2年",
    "挂职1年期间",
)
WHAT = (
    "工作总体顺利，能按时完成任务", "反映科室人手紧，建议补充两人", "家里老人住院，希望调整值班",
    "对晋升有些想法，已作说明", "提出办公设备老化，答复年底前更换", "廉洁自律情况较好，未发现问题",
    "希望多参加培训，长期在基层锻炼", "思想上有波动，谈后表示理解", "建议简化报销流程，减少重复填表",
)  # fmt: skip
BARE = (
    "提醒其保守秘密", "强调不得泄露商业秘密", "机密文件柜的钥匙由两人分管", "在保密办工作，接触机密文件",
    "学习保守国家秘密法", "表态严守党的秘密", "涉密人员脱密期为3年", "绝密档案室已搬迁", "保密工作不放松",
    "讲了密级怎么定，机密和秘密的区别", "时机密切相关", "这不是什么秘密", "工作秘密也要保护",
    "签了保密承诺书，期限10年", "保守秘密10年如一日", "从事机要保密工作20年", "个人隐私和商业秘密各有规定",
)  # fmt: skip
STARRED = (
    "自评★★★★☆", "满意度：★★★", "★ 重点：年底前完成整改", "* 3年内完成轮岗", "★★★★★ 10年老党员",
    "五星☆☆☆☆☆未评", "① ★ 带头学习", "保密意识★★★★★", "＊注：以上为本人原话", "获评★级窗口3年",
)  # fmt: skip
JOINTS = ("。", "；", "，", "\n", "\n* ", "\n1. ", "\n★ ", " ", "。\n")


def ordinary(count: int) -> list[str]:
    """Plausible records: what people say, bare words, stars and years, put together at random."""
    chance = random.Random(5000)
    found = []
    while len(found) < count:
        parts = [chance.choice(WHEN) + chance.choice(WHO) + chance.choice(WHAT)]
        parts += chance.sample(WHAT, chance.randint(0, 2))
        parts += chance.sample(BARE, chance.choice((0, 1, 1, 2)))
        parts += chance.sample(STARRED, chance.choice((0, 0, 1, 1)))
        chance.shuffle(parts)
        found.append("".join(part + chance.choice(JOINTS) for part in parts))
    return found
