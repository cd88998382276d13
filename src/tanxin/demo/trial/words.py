"""Records as people write them: each sentence with particulars of its own."""

from random import Random

WHO = (
    "小周",
    "老吴",
    "小郑",
    "她爱人",
    "他父亲",
    "老伴",
    "孩子",
    "同办公室的小林",
    "新来的大学生",
    "返聘的老专家",
    "挂职的同志",
    "驻村的同志",
    "窗口的两位同志",
    "司机班的老师傅",
)
WHAT = (
    "月报",
    "信访件",
    "项目验收",
    "档案整理",
    "预算执行",
    "值班安排",
    "系统升级",
    "招标文件",
    "职称材料",
    "公务用车",
    "食堂改造",
    "对账",
    "年鉴稿件",
    "巡察反馈的台账",
    "统计数据",
    "合同审查",
)
WHEN = (
    "上个月",
    "国庆前",
    "从春天开始",
    "这两周",
    "最近一次会上",
    "去年底",
    "调来以后",
    "上周三",
    "汛期里",
    "半年来",
    "轮岗之后",
    "疗养回来",
)
WHERE = (
    "二楼大厅",
    "老办公楼",
    "县里的站点",
    "城东分点",
    "家属院",
    "档案室",
    "服务窗口",
    "第三会议室",
    "工地",
    "信息机房",
)
HOW_MUCH = (
    "两个人",
    "三四个晚上",
    "一半以上",
    "七八次",
    "二十多页",
    "不到三天",
    "四万多元",
    "每周两趟",
    "五十公里",
    "十来个电话",
)
FEELS = (
    "压力不小",
    "心里没底",
    "有些委屈",
    "其实很愿意干",
    "觉得没人听",
    "担心出错",
    "比以前踏实",
    "说话直了些",
    "怕耽误别人",
    "想换个思路",
    "放不下家里",
    "不太适应",
)
DONE = (
    "借调一名同志",
    "请财务先垫付",
    "调整值班表",
    "开一次短会",
    "到现场看一看",
    "把流程减掉一道",
    "请工会上门",
    "和分管领导说一声",
    "换一台机器",
    "重新分工",
    "补一次培训",
    "写进下月计划",
)
SENTENCES = (
    "{when}{what}全压在{who}身上，{feels}",
    "{who}在{where}一直没有固定的位置，来办事的人找不到",
    "他说{what}的口径变了{much}，下面的人跟着返工",
    "问到家里，{who}{when}住了院，他请了{much}的假，{feels}",
    "{when}他提过{what}的事，当时说要研究，后来没有下文，他{feels}",
    "对我的意见也说了：{what}布置得急，{much}就要，没有商量的余地",
    "他建议把{what}放到{where}去做，{who}也赞成",
    "{who}和他在{what}上有过争执，他承认自己话重了",
    "他想去{where}锻炼一段时间，手上的{what}可以交给{who}",
    "谈到{what}，他算过一笔账，{much}花在来回跑上",
    "他担心{when}的那次差错会影响{who}的考核",
    "我问他最怕什么，他说怕{what}出问题时没有人商量",
    "{where}的空调坏了{when}，报修{much}没有人来",
    "他不赞成{what}由{who}一个人签字",
    "{when}的考试他没有报名，说孩子中考，等明年",
    "说起{what}他很有办法，愿意带{who}一起做",
    "他说自己{feels}，主要是{what}和家里的事撞在了一起",
    "{who}反映{where}中午没有热水，他觉得这样的小事最伤人心",
    "他说{when}以来没有人和他谈过{what}以外的话",
    "我答应{when}内{done}，并由我自己给他回话",
    "说好先{done}，{what}的事{when}再碰一次",
    "他要我别只听{who}的，到{where}坐半天就知道了",
    "他承认{what}拖了{much}，不全是别人的原因",
    "他对{what}的想法是先{done}，再看{who}能不能接过去",
)
# What stands in every record of somebody who keeps to a form, and harms nobody.
OPENING = "按照年度安排在办公室面对面谈，事先告诉了他谈什么，也请他先想一想"
CLOSING = "以上内容给他看过，他没有别的补充，需要办的事写在后面的清单里"
# Drawn on by several leaders alike after one upheaval: honest, and about the same thing.
ABOUT_THE_MOVE = (
    "办公楼搬到城东以后，他每天路上要多花一个小时，孩子放学没有人接",
    "搬迁以后{what}的资料还有{much}没有找齐，他说{feels}",
    "新楼{where}网络时断时续，{who}只好回老楼办事",
    "他希望通勤车早晚各加一班，{who}也这样说",
    "新楼没有哺乳室，{who}提过{much}",
    "搬迁补助到现在没有发，他不好意思问",
    "他觉得新楼宽敞了，人反而见得少了，{feels}",
    "食堂晚饭太早，做{what}的人吃不上",
)
HOLLOW = (
    "该同志思想稳定工作积极主动，能够认真履行岗位职责较好地完成各项工作任务",
    "遵守党的纪律和各项规章制度，严格要求自己廉洁自律，团结同志作风扎实",
    "谈话对象表示将进一步改进工作作风，表示今后将继续努力不辜负组织的期望",
    "双方进行了坦诚深入的交流，交流了思想沟通了感情增进了团结",
    "肯定了成绩指出了不足明确了努力方向，达到了谈心谈话的预期目的",
    "感谢组织的关心和培养，希望继续发扬优点克服不足",
)


def sentence(chance: Random, pool: tuple[str, ...] = SENTENCES) -> str:
    return chance.choice(pool).format(
        who=chance.choice(WHO),
        what=chance.choice(WHAT),
        when=chance.choice(WHEN),
        where=chance.choice(WHERE),
        much=chance.choice(HOW_MUCH),
        feels=chance.choice(FEELS),
        done=chance.choice(DONE),
    )


def some(chance: Random, few: int, many: int, pool: tuple[str, ...] = SENTENCES) -> list[str]:
    """So many different sentences."""
    said: list[str] = []
    wanted = chance.randrange(few, many + 1)
    while len(said) < wanted:
        one = sentence(chance, pool)
        if one not in said:
            said.append(one)
    return said


def text_of(sentences: list[str]) -> str:
    return "。".join(sentences) + "。"


def record(chance: Random) -> list[str]:
    return some(chance, 5, 9)


def retouched(chance: Random, sentences: list[str], share: float) -> list[str]:
    """A copy by somebody who changes a word here and there, so that it does not show."""
    swaps = dict(zip(WHAT, WHAT[3:] + WHAT[:3], strict=True)) | {"他": "她", "上个月": "前些日子"}

    def touched(one: str) -> str:
        for old, new in swaps.items():
            if old in one and chance.random() < share:
                one = one.replace(old, new, 1)
        return one

    return [touched(one) for one in sentences]
