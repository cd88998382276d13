"""How much of a text stands in texts that everybody may use: phrases, and the outline of its kind.

The phrases fit any talk; a record that is made of them says nothing of this one.
"""

from collections.abc import Iterable
from functools import lru_cache

from tanxin.core.likeness.shingles import shingles

PHRASES = (
    "坚持以习近平新时代中国特色社会主义思想为指导",
    "深入学习贯彻党的二十大精神",
    "切实提高政治站位",
    "增强四个意识坚定四个自信做到两个维护",
    "进一步加强理论学习提高政治素养",
    "思想状况良好工作态度端正",
    "思想稳定工作积极主动",
    "能够认真履行岗位职责较好地完成各项工作任务",
    "遵守党的纪律和各项规章制度",
    "严格要求自己廉洁自律",
    "团结同志作风扎实",
    "谈话对象表示将进一步改进工作作风",
    "表示今后将继续努力不辜负组织的期望",
    "感谢组织的关心和培养",
    "希望今后戒骄戒躁再接再厉",
    "希望继续发扬优点克服不足",
    "双方进行了坦诚深入的交流",
    "交流了思想沟通了感情增进了团结",
    "肯定了成绩指出了不足明确了努力方向",
    "学习不够深入工作方法有待改进",
    "理论学习不够系统创新意识不强",
    "今后要加强学习改进作风提高工作能力",
    "以更加饱满的热情投入到工作中",
    "没有困难和问题需要组织解决",
    "暂无意见建议",
    "达到了谈心谈话的预期目的",
)


def share_of_stock(text: str, more: Iterable[str] = ()) -> int:
    """In percent of the runs of ``text``; 0 for a text of nothing."""
    runs = shingles(text)
    known = _stock().union(*map(shingles, more))
    return round(100 * len(runs & known) / len(runs)) if runs else 0


@lru_cache(maxsize=1)
def _stock() -> frozenset[str]:
    return frozenset().union(*map(shingles, PHRASES))
