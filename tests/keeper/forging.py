"""What somebody with the database may do to rows: each function makes one change that must show."""

from base64 import b64decode
from random import Random

from speaking import BEN, b64

ROLES = ("author", "initiator", "owner", "verifier", "asker", "asked", "granted", "emergency")


class Rows:
    """Records of ``BEN``'s with older versions, all opened once; some grants have ended."""

    def __init__(self, kept, chance: Random, records: int = 12) -> None:
        self.kept, self.chance = kept, chance
        self.records = [
            kept.record("一", "二", "三", field=chance.choice(("record", "remark", "issue")))
            for _ in range(records)
        ]
        self.ended = [kept.record("完")[0] for _ in range(3)]
        for versions in self.records:
            assert kept.open([versions[-1]]) == ["三"]
        for item in self.ended:
            held = {name: item[name] for name in ("record", "wrapped", "grant")}
            kept.call("grant.end", realm=kept.realm, items=[held | {"person": BEN}])

    def one(self):
        return dict(self.chance.choice(self.records)[-1])

    def two(self):
        first, second = self.chance.sample(self.records, 2)
        return dict(first[-1]), second[-1]

    def flipped(self, text: str) -> str:
        raw = bytearray(b64decode(text))
        raw[self.chance.randrange(len(raw))] ^= 1 << self.chance.randrange(8)
        return b64(bytes(raw))

    def with_grant(self, **changes):
        item = self.one()
        return item | {"grant": item["grant"] | changes}


def flip_text(rows):
    item = rows.one()
    return item | {"sealed": rows.flipped(item["sealed"])}


def flip_key(rows):
    item = rows.one()
    return item | {"wrapped": rows.flipped(item["wrapped"])}


def flip_mac(rows):
    item = rows.one()
    return item | {"grant": item["grant"] | {"mac": rows.flipped(item["grant"]["mac"])}}


def cut_text(rows):
    item = rows.one()
    raw = b64decode(item["sealed"])
    return item | {"sealed": b64(raw[: rows.chance.randrange(len(raw))])}


def another_role(rows):
    return rows.with_grant(role=rows.chance.choice(ROLES))


def another_right(rows):
    return rows.with_grant(may_pass_on=False)


def another_start(rows):
    return rows.with_grant(start=f"20{rows.chance.randrange(10, 26)}-01-01T00:00:00.000000Z")


def another_end(rows):
    return rows.with_grant(end=f"20{rows.chance.randrange(27, 99)}-01-01T00:00:00.000000Z")


def grant_of_another(rows):
    item, other = rows.two()
    return item | {"grant": other["grant"]}


def key_of_another(rows):
    item, other = rows.two()
    return item | {"wrapped": other["wrapped"]}


def key_and_grant_of_another(rows):
    item, other = rows.two()
    return item | {"wrapped": other["wrapped"], "grant": other["grant"]}


def text_of_another(rows):
    item, other = rows.two()
    return item | {"sealed": other["sealed"]}


def text_of_another_version(rows):
    versions = rows.chance.choice(rows.records)
    return versions[-1] | {"sealed": rows.chance.choice(versions[:-1])["sealed"]}


def rolled_back(rows):
    return rows.chance.choice(rows.chance.choice(rows.records)[:-1]) | {"latest": True}


def another_number(rows):
    return rows.one() | {"version": rows.chance.randrange(4, 99)}


def another_field(rows):
    return rows.one() | {"field": rows.chance.choice(("memo", "answer", "evidence", "draft"))}


def brought_back(rows):
    return rows.chance.choice(rows.ended)


WAYS = (
    flip_text, flip_key, flip_mac, cut_text, another_role, another_right, another_start, another_end,
    grant_of_another, key_of_another, key_and_grant_of_another, text_of_another,
    text_of_another_version, rolled_back, another_number, another_field, brought_back,
)  # fmt: skip
