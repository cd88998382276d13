"""The certificate of a destruction: what, when, by whom, with hashes, and the proof in the log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tanxin.apps.archive.erasing import ErasedText
from tanxin.apps.audit.receipts import Receipt
from tanxin.apps.org.directory import Directory
from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.retention.disposing import DisposalRow, list_words, listed_on
from tanxin.web.directory import directory_of
from tanxin.web.papers.paper import Paper, Passage, Table
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.kinds import kind_name

DAY, MOMENT = "%Y年%-m月%-d日", "%Y年%-m月%-d日 %H:%M"
TALKS = ("序号", "谈话编号", "类别", "谈话日期", "办结日期", "保管年限", "到期日期")
GROUP = 16
BACKUPS = (
    "销毁时系统内的密钥和密文已一并清除，不能恢复。此前的备份在其自身过期前仍存有副本，"
    "备份过期后销毁方告完成。"
)
COVERED = (
    "随谈话一并销毁的：记录、意见、理由、附件和纸质记录的录入件，谈话申请，谈话中所提事项的各类文本，"
    "未发出的反馈，抽样回访的答复；集体谈话的共用内容和督查提示的说明，在所涉谈话全部销毁时销毁。"
    "不在此次销毁范围的：已发给有关部门的反馈及答复，移交的线索，已公开的答复和报告，"
    "调阅申请的理由，以及登记信息、日志和摘要。"
)


def paper_of(
    request: ActorRequest,
    row: DisposalRow,
    gone: Sequence[ErasedText],
    receipt: Receipt | None,
) -> Paper:
    names, now = directory_of(request), timezone.localtime(timezone.now())
    listed = listed_on(row)
    rows = tuple(
        (
            str(at), str(one.talk_id)[:8].upper(), str(kind_name(one.talk)),
            f"{timezone.localtime(one.talk.held_at or one.talk.planned_for):%Y-%m-%d}",
            f"{one.closed_on}", f"{one.years}年", f"{one.due_on}",
        )
        for at, one in enumerate(listed, 1)
    )  # fmt: skip
    when = timezone.localtime(row.decided_at) if row.decided_at else now
    return Paper(
        title="谈话记录销毁证明",
        issuer=realm_name(row.realm_id),
        grade="",
        facts=(
            ("清册编号", str(row.pk)),
            ("销毁理由", list_words(row)[0]),
            ("造册签字", signed(names, row.asked_by_id, row.asked_at)),
            ("复核签字", signed(names, row.decided_by_id, when)),
            ("销毁数量", f"谈话{len(listed)}次，文本和文件{len(gone)}份"),
            ("总摘要", in_groups(row.digest)),
            ("日志序号", str(receipt.leaf.seq) if receipt else ""),
        ),
        passages=(
            Passage("销毁清册", table=Table(TALKS, rows, (8, 14, 20, 16, 16, 13, 16))),
            Passage("范围", COVERED),
            Passage("说明", BACKUPS),
        ),
        signatures=("造册人签名", "复核人签名"),
        dated=f"{when:{DAY}}",
        foot=f"{names.name(request.actor.person_id)} {now:{MOMENT}} 打印",
        remark="每份文本的摘要见文本格式的证明，可用日志导出和 verifier.py 核对。",
    )  # fmt: skip


def signed(names: Directory, person_id: UUID | None, at: datetime) -> str:
    return f"{names.label(person_id)}，{timezone.localtime(at):{MOMENT}}" if person_id else ""


def in_groups(digest: str) -> str:
    """A line of a page breaks only between words."""
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))


def text_of(row: DisposalRow, gone: Sequence[ErasedText], receipt: Receipt | None) -> str:
    """A line for each text, then the block that ``verifier.py --receipt`` reads."""
    lines = [
        f"谈话记录销毁证明 {row.pk}",
        f"{realm_name(row.realm_id)}，{timezone.localtime(row.decided_at):{MOMENT}}",
        COVERED,
        BACKUPS,
        "",
        "# 事项 文本 种类 版次 密文SHA-256",
        *(one.line().decode() for one in gone),
        "",
        f"总摘要 {row.digest}",
        "",
        receipt.block() if receipt else "",
    ]
    return "\n".join(lines) + "\n"
