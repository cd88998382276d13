"""How Chinese names are spelled, for searching and sorting in memory; never stored.

A surname is often read otherwise than the same character in a word, so surnames have a table of
their own. Where families differ the usual reading comes first.
"""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from pypinyin import lazy_pinyin

SURNAMES: dict[str, str] = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "区": "ou", "解": "xie", "查": "zha", "任": "ren",
    "华": "hua", "朴": "piao", "盖": "ge gai", "召": "shao", "翟": "zhai di", "乐": "yue le",
    "缪": "miao", "员": "yun", "黑": "he hei", "重": "chong", "种": "chong", "折": "she",
    "宿": "su", "秘": "bi", "冼": "xian", "洗": "xian", "燕": "yan", "纪": "ji", "那": "na",
    "能": "nai", "宁": "ning", "覃": "qin tan", "瞿": "qu", "柏": "bai bo", "费": "fei bi",
    "葛": "ge", "过": "guo", "句": "gou", "角": "jue", "隗": "wei kui", "贾": "jia", "佘": "she",
    "都": "du", "车": "che", "谌": "chen shen", "郗": "xi chi", "乜": "nie", "逄": "pang",
    "幺": "yao", "祭": "zhai", "莘": "shen xin", "应": "ying", "於": "yu", "相": "xiang",
    "强": "qiang", "卜": "bu", "尉": "wei", "晁": "chao", "牟": "mu mou", "宓": "mi fu",
    "适": "kuo", "阚": "kan", "洗马": "xian ma", "吕": "lv lyu", "呙": "guo", "亓": "qi",
    "繁": "po", "黎": "li", "钭": "tou", "曲": "qu", "石": "shi", "行": "xing", "褚": "chu",
    "哈": "ha", "沈": "shen", "厘": "xi", "不": "fou", "仉": "zhang", "粘": "nian", "藏": "zang",
}  # fmt: skip
DOUBLE_SURNAMES: dict[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"),
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "夏侯": ("xia", "hou"),
    "诸葛": ("zhu", "ge"), "东方": ("dong", "fang"), "淳于": ("chun", "yu"), "鲜于": ("xian", "yu"),
    "慕容": ("mu", "rong"), "司徒": ("si", "tu"), "宇文": ("yu", "wen"), "亓官": ("qi", "guan"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """``others`` are the whole name with a surname's further readings."""

    syllables: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.syllables)

    @property
    def lines(self) -> tuple[str, ...]:
        """What a search may begin with: the whole name, and the name from each syllable on."""
        tails = ("".join(self.syllables[at:]) for at in range(len(self.syllables)))
        return (*tails, *self.others)


def folded(text: str) -> str:
    """How names and questions are compared: no case, no white space, no dot between name parts.

    >>> folded("Ｌｉ 伟")
    'li伟'
    """
    plain = normalize("NFKC", text).casefold().replace("ü", "v")
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "·•.'’")


@lru_cache(maxsize=20_000)
def syllable_of(sign: str) -> str:
    return lazy_pinyin(sign)[0].casefold()


def surname_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The surname's syllables, its other readings, and how many characters it has."""
    double = DOUBLE_SURNAMES.get(name[:2])
    if double:
        return double, (), 2
    first, *others = SURNAMES.get(name[:1], syllable_of(name[0])).split()
    return (first,), tuple(others), 1


def spell(name: str) -> Spelling:
    """Spell a name.

    >>> spell("单雄信").syllables, spell("万俟卨").initials
    (('shan', 'xiong', 'xin'), 'mqx')
    """
    plain = folded(name)
    if not plain:
        return Spelling(())
    if plain.isascii():
        return Spelling((plain,))
    surname, others, length = surname_of(plain)
    given = tuple(syllable_of(sign) for sign in plain[length:])
    return Spelling((*surname, *given), tuple(other + "".join(given) for other in others))
