"""How talks of the four kinds are held where no pack says otherwise: data, like a pack's own."""

from collections.abc import Mapping

from tanxin.core.policy.manner import FormField, Grade, Manner
from tanxin.core.policy.schema import Channel, Title, Ways

# Where somebody is away, ill, old or retired, another way than face to face needs no reason.
WAYS = (
    Ways("floating", (Channel.PHONE, Channel.VIDEO, Channel.MESSAGE)),
    Ways("hardship", (Channel.VISIT, Channel.PHONE)),
    Ways("frail", (Channel.VISIT, Channel.PHONE)),
    Ways("ill", (Channel.VISIT, Channel.PHONE)),
    Ways("retired", (Channel.VISIT, Channel.PHONE, Channel.MESSAGE)),
    Ways("abroad", (Channel.VIDEO, Channel.PHONE, Channel.MESSAGE, Channel.MAIL)),
    Ways("long_absent", (Channel.PHONE, Channel.VIDEO, Channel.MESSAGE)),
)
RAISED = FormField("raised", Title("提出的问题和建议", "What was raised"))
AGREED = FormField("agreed", Title("谈成的打算", "What the two agreed on"))


def _usual(kind: str, zh: str, en: str, *fields: FormField) -> Manner:
    return Manner(
        kind,
        Title(zh, en),
        channels=(Channel.FACE,),
        ways=WAYS,
        fields=fields,
        grade=Grade.LIMITED if kind == "warning" else Grade.ORDINARY,
    )


USUAL: Mapping[str, Manner] = {
    "routine": _usual("routine", "日常工作", "Everyday work", RAISED, AGREED),
    "care": _usual(
        "care",
        "关心关爱",
        "Care",
        FormField("weighs", Title("难处和诉求", "What weighs on him or her")),
        FormField("help", Title("能帮着解决的事", "What can be solved, and by whom")),
    ),
    "office": _usual(
        "office",
        "职务任免",
        "Appointment and removal",
        FormField("views", Title("双方意见", "The views of both")),
        FormField("asked", Title("要求和建议", "What is asked of the post")),
    ),
    "warning": _usual(
        "warning",
        "警示督促",
        "Warning and urging",
        FormField("matter", Title("提醒的事项", "What it was about")),
        FormField("undertakes", Title("本人态度和打算", "What he or she will do")),
    ),
}
