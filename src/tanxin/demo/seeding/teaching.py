"""Cases, what some have read, and the undertaking that all but one have given."""

from datetime import datetime
from uuid import UUID

from tanxin.apps.archive import undertakings
from tanxin.apps.learning.cases import publish_case, write_case
from tanxin.apps.learning.marks import mark_read, note_passed
from tanxin.apps.learning.shipped import undertaking_text
from tanxin.apps.org.models import Membership
from tanxin.demo.seeding.cast import Cast

# He is asked when he first opens why somebody wants to read.
NOT_YET = "demo-security"
CASES = (
    (
        "care",
        "一句“我也熬过夜”打开了话匣子",
        (
            "一名年轻干部连续几个月加班，情绪低落，两次谈话都说“没什么”。第三次，谈话人没有再问工作，先讲了自己"
            "刚参加工作时顶不住的一段日子，然后等着。对方沉默了一会儿，说出家里老人住院、自己不敢请假。\n"
            "谈话人当场答应两件事：近期的夜班换人，请假手续当天办。一周后回访，两件都办到了。\n"
            "可学之处：先交心，再听；答应得少，但件件落实。"
        ),
    ),
    (
        "routine",
        "不成文的意见，也有回音",
        (
            "一次班子成员与处室负责人的谈话里，对方顺口提到会议太多、材料反复报。谈话人没有当成牢骚，当场问清是"
            "哪几项，列成问题交有关处室核查。三周后合并了两张报表，并当面告诉了提意见的人。\n"
            "可学之处：随口一说的，往往是真问题；办成没办成，都要回话。"
        ),
    ),
)
WAITING = (
    "warning",
    "提醒谈话怎样才不伤人",
    ("有人在节前被提醒，觉得是不被信任。谈话人先说清这次对所有人都谈、为什么谈，再请对方说说平时最难推掉的"
    "人情往来，一起想怎么推。对方说，这是头一回有人教怎么做，而不只是说不准做。"),
)  # fmt: skip


def teach(cast: Cast, at: datetime) -> int:
    """How many gave the undertaking."""
    organiser = cast.actor(cast.persona("demo-organiser"))
    supervisor = cast.actor(cast.persona("demo-supervisor"))
    for kind, title, text in CASES:
        case = write_case(organiser, kind=kind, title=title, text=text, at=at, sure=True)
        publish_case(supervisor, case.pk, at=at)
        for handle in ("demo-head", "demo-deputy"):
            reader = cast.actor(cast.persona(handle))
            mark_read(reader, "case", str(case.pk), at=at)
    kind, title, text = WAITING
    write_case(organiser, kind=kind, title=title, text=text, at=at, sure=True)
    note_passed(cast.actor(cast.persona("demo-head")), at=at)
    row = undertakings.put_in_force(organiser, undertaking_text(), at=at)
    return sum(undertakings.give(cast.actor(who), row.version, at=at) for who in willing(cast, at))


def willing(cast: Cast, at: datetime) -> list[UUID]:
    members = Membership.objects.filter(realm=cast.realm_id).order_by("person")
    people = list(members.values_list("person", flat=True))
    for person in people:
        if person != cast.persona("demo-member"):
            mark_read(cast.actor(person), "rights", "", at=at)
    return [person for person in people if person != cast.persona(NOT_YET)]
