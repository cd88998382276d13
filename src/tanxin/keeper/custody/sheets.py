"""The sheet that goes to a custodian: one share, what it is for, what to do with it."""

from collections.abc import Sequence
from pathlib import Path

from tanxin.core.vault.escrow import Share
from tanxin.core.vault.share_text import written
from tanxin.keeper.custody.escrow_file import KeptEscrow
from tanxin.keeper.root import sync_directory

_ZH = """\
谈心谈话系统 · 保密机根密钥
第 {number} 份（共 {count} 份，任意 {needed} 份合在一起才能打开）

保管人：{holder}
本组编号：{set_id}    制发日期：{day}    根密钥编号：{root_id}

{rows}

这是什么
  系统里大家说的心里话都是加密保存的。打开它们的总钥匙不交给任何一个人，
  而是分成 {count} 份。凑齐其中 {needed} 份，才能让系统重新工作；少一份都不行，
  您这一份单独没有任何用处。

请您
  1. 核对上面 8 行字迹清楚，装入信封封好，签上姓名和日期，锁进自己的保险柜。
  2. 不拍照、不复印、不录入手机和电脑，不放在存放系统备份的地方。
  3. 不与另一位保管人的份放在一起。
  4. 系统重启或迁到新机器时，会请您到场，由您本人在机器前录入。
     字母不分大小写，每行最后两位是校验码，录错了系统会指出是第几行。
  5. 调离岗位、遗失或者怀疑被人看过，请立即告诉系统管理员：
     会重新制发一组，旧的一组当即作废。
  6. 每年演练一次，确认这一份还打得开。

找不回来的
  如果同时有 {lost} 份遗失，又没有别的备份，系统里的谈话内容就永远打不开了，
  任何人、任何公司都恢复不了。
"""

_EN = """\
Tanxin · root key of the keeper
Share {number} of {count}; any {needed} of them together open

Held by: {holder}
Set: {set_id}    Made on: {day}    Root key: {root_id}

{rows}

What it is
  What people confide is kept encrypted. The key to all of it is given to nobody alone;
  it was split into {count} shares. {needed} of them make the system work again; with fewer
  nothing opens, and yours alone is of no use to anybody.

Please
  1. Check that the eight rows can be read, seal them in an envelope, sign and date it, and
     lock it into your own safe.
  2. No photograph, no copy, no phone, no computer; never beside backups of the system.
  3. Never beside another custodian's share.
  4. When the system restarts or moves, you will be asked to come and type it yourself. Upper
     and lower case are the same; the last two signs of a row check it, so that a mistyped
     row is named.
  5. If you leave your post, lose this, or think somebody saw it, say so at once: a new set
     is made and this one is worthless from then on.
  6. Once a year it is tried whether this share still opens.

What cannot be recovered
  If {lost} shares are lost and there is no other copy of the root key, nobody can ever open
  what the system holds.
"""

SHEETS = {"zh": _ZH, "en": _EN}


class SheetThere(Exception):
    """A sheet of that name exists; sheets are written once and never over another."""


def sheet(kept: KeptEscrow, share: Share, language: str) -> str:
    rows = written(share).splitlines()
    escrow = kept.escrow
    return SHEETS[language].format(
        number=share.number,
        count=escrow.count,
        needed=escrow.needed,
        lost=escrow.count - escrow.needed + 1,
        holder=kept.holders.get(share.number) or "________________",
        set_id=escrow.set_id.hex(),
        day=kept.made_at[:10],
        root_id=kept.root_id,
        rows="\n".join(f"    {place}.  {row}" for place, row in enumerate(rows, start=1)),
    )


def write_sheets(
    directory: Path, kept: KeptEscrow, shares: Sequence[Share], language: str
) -> list[Path]:
    """Write one file per share, for its owner alone. Raises ``SheetThere`` before any is."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [directory / f"share-{share.number}.txt" for share in shares]
    for path in paths:
        if path.exists():
            raise SheetThere(str(path))
    for path, share in zip(paths, shares, strict=True):
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(sheet(kept, share, language), encoding="utf-8")
    sync_directory(directory)
    return paths
