"""Check an export of the log, offline: one file, Python 3.11 or later and ``cryptography``.

    python verifier.py EXPORT [--checkpoints DIR] [--receipt FILE] [--older EXPORT] [--key KEY]

It shares no code with the program that wrote the log. It recomputes every entry, its link to the
one before, and the trees, and compares them with signed checkpoints, with receipts and with what
an older export or a directory of checkpoints remembers. It prints ``OK`` and how much it checked,
or the first entry that is not as it was: exit code 0, 1, or 2 for files it cannot read.

SM3 comes from Python's OpenSSL or ``cryptography``. SM2 signatures need ``tongsuopy``; without it
a realm of that suite is not called OK.
"""

import argparse
import hashlib
import hmac
import json
import re
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CHANGES, RELEASES = "changes", "releases"
LOGS = (CHANGES, RELEASES)
NO_HASH = "0" * 64
SEPARATOR = b'{"log":"releases"}'
LOST, LOG_RESTORED = b'{"lost":"', "log.restored"
ED25519, SM2 = b"\x01", b"\xffsm2\x00"
Hash = Callable[[bytes], bytes]

SAID = {
    "ALTERED": ("entry {seq} of the log of {log} was changed", "{log}日志第 {seq} 条被改动"),
    "MISSING": ("entry {seq} of the log of {log} is missing", "{log}日志第 {seq} 条缺失"),
    "UNLINKED": (
        "entry {seq} of the log of {log} is not linked to the one before",
        "{log}日志第 {seq} 条与前一条不相接",
    ),
    "TRUNCATED": (
        "the log of {log} breaks off before entry {seq}, and should have {size}",
        "{log}日志在第 {seq} 条处中断，应有 {size} 条",
    ),
    "ROLLBACK": (
        "the log of {log} ends before entry {seq}; {source} knows of {size}",
        "{log}日志退回到第 {seq} 条之前；{source} 记有 {size} 条",
    ),
    "RECOMPUTED": (
        "the log of {log} was rewritten and recomputed; it differs from {source} first at {place}",
        "{log}日志被改写并重新计算；与 {source} 最早不同之处：{place}",
    ),
    "SPLIT VIEW": (
        "two histories of the log of {log} with {size} entries were shown; {source} tells another",
        "{log}日志同为 {size} 条却有两个版本；{source} 与此不同",
    ),
    "HEAD": (
        "the log of {log} ends elsewhere than its head says, after entry {seq}",
        "{log}日志的末尾与记载不符，在第 {seq} 条之后",
    ),
    "RESEALED": (
        "the bytes of text {place} are not those that its entries vouch for",
        "文本 {place} 的密文与日志所证明的不一致",
    ),
    "RESTORE": ("entry {seq} of the log of {log}: {reason}", "{log}日志第 {seq} 条：{reason}"),
    "DETAIL": ("what entry {seq} says was changed", "第 {seq} 条的明细被改动"),
    "NOT SIGNED": ("{source}: {reason}", "{source}：{reason}"),
    "RECEIPT": ("{source}: {reason}", "{source}：{reason}"),
}
NOT_SHOWN = "it states that a backup was restored, and what it states is not shown"
NOT_WRITTEN = "a restored backup was stated of which this log knows nothing"
# What stands inside those sentences, in Chinese.
IN_CHINESE = {
    CHANGES: "办理",
    RELEASES: "查阅",
    "signed with an unknown kind of key": "签名所用密钥的种类不明",
    "the signature does not fit": "签名不符",
    "an SM2 signature; to check it: pip install tongsuopy": (
        "SM2 签名；要核验请先安装：pip install tongsuopy"
    ),
    "a signature line cannot be read": "签名行无法读取",
    "not signed by a key of this realm": "不是用本管理域的密钥签署",
    "the entry on it was changed": "回执上的条目被改动",
    "the record it names was changed": "回执所指的记录被改动",
    "it names another talk than its entry": "回执与其条目指的不是同一次谈话",
    "its path leads elsewhere": "回执的路径通向别处",
    "it is of another realm": "属于另一个管理域",
    "it is not whole": "内容不完整",
    "its entry was lost when a backup was restored": "回执所指的条目在恢复备份时丢失",
    NOT_SHOWN: "记载了恢复备份一事，但未附相应声明",
    NOT_WRITTEN: "出示了恢复备份的声明，但本日志并无记载",
}
RESTORED = (
    "RESTORED at {at}: changes {first} to {last} are lost; stated by {by}: {reason}",
    "已恢复备份（{at}）：办理日志第 {first} 至 {last} 条丢失；声明人 {by}：{reason}",
)
TOLD = ("at", "by", "reason")
NEXT = """\
Keep the log, the checkpoints and the receipts as they are, tell the auditor and the security
administrator, and change nothing in the database.
请原样保留日志、检查点与回执，告知审计管理员和安全管理员，勿改动数据库。"""


class Unreadable(Exception):
    """The file is not what it should be."""


@dataclass(frozen=True)
class Problem:
    """``seq`` is the first entry that is not as it was, where it is known."""

    code: str
    log: str = CHANGES
    seq: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def said(self, language: int = 0) -> str:
        facts = {"log": self.log, "seq": self.seq, **self.facts}
        if language:
            facts |= {name: IN_CHINESE.get(said, said) for name, said in facts.items()}
        return SAID[self.code][language].format(**facts)


@dataclass(frozen=True)
class Mark:
    """A root that somebody else knows of: ``size`` entries of ``log`` led to it at ``at``.

    ``suite`` hashes the nodes of the tree.
    """

    log: str
    size: int
    root: bytes
    source: str
    at: str
    suite: int


@dataclass(frozen=True)
class Restore:
    """The keeper's word that the entries from ``first`` up to ``after`` are lost.

    It stands in the keeper's own log as ``entry``, which commits to ``spelled`` with ``salt``.
    """

    first: int
    after: int
    spelled: bytes
    salt: bytes
    told: dict[str, Any]

    @property
    def entry(self) -> int:
        return int(self.told["entry"])

    def said(self, language: int = 0) -> str:
        return RESTORED[language].format(first=self.first, last=self.after - 1, **self.told)

    def is_told_by(self, content: bytes) -> bool:
        leaf = json.loads(content)
        commit = _hmac(leaf["suite"], self.salt, self.spelled).hex()
        return (leaf["event"], leaf["commit"]) == (LOG_RESTORED, commit)


@dataclass(eq=False)
class Remembered:
    """The hashes of entries, as somebody else keeps them; ``whole`` if he has to be caught up."""

    source: str
    stream: Iterator[bytes]
    whole: bool


@dataclass
class Known:
    """Everything from outside that the log has to agree with."""

    keys: dict[tuple[str, bytes], bytes] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    entries: dict[int, tuple[bytes, str]] = field(default_factory=dict)
    hashes: dict[str, list[Remembered]] = field(default_factory=dict)
    suites: dict[str, int] = field(default_factory=dict)
    restores: list[Restore] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Report:
    sizes: dict[str, int] = field(default_factory=dict)
    anchored: dict[str, int] = field(default_factory=dict)
    restores: list[Restore] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return self.problems[0].code if self.problems else "OK"


# ── hashes and signatures ──


def _sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def _fast_sm3() -> Hash:
    try:
        empty = hashlib.new("sm3")
    except ValueError:
        return _sm3

    def sm3(data: bytes) -> bytes:
        digest = empty.copy()
        digest.update(data)
        return digest.digest()

    return sm3


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


HEX = re.compile(rb"[0-9a-f]{64}").fullmatch
HASHES: dict[int, Hash] = {1: _sha256, 2: _fast_sm3()}


def _hmac(suite: int, key: bytes, data: bytes) -> bytes:
    if suite == 1:
        return hmac.digest(key, data, "sha256")
    key = key.ljust(64, b"\0")
    inner = HASHES[suite](bytes(byte ^ 0x36 for byte in key) + data)
    return HASHES[suite](bytes(byte ^ 0x5C for byte in key) + inner)


def signature_fault(public: bytes, signature: bytes, message: bytes) -> str:
    """Return what is wrong with a signature, or nothing."""
    try:
        if public.startswith(SM2):
            return _sm2_fault(public.removeprefix(SM2), signature, message)
        if not public.startswith(ED25519):
            return "signed with an unknown kind of key"
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, message)
    except (InvalidSignature, ValueError):
        return "the signature does not fit"
    return ""


def _sm2_fault(point: bytes, signature: bytes, message: bytes) -> str:
    try:
        ec = import_module("tongsuopy.crypto.asymciphers.ec")
        sm3 = import_module("tongsuopy.crypto.hashes").SM3()
        refused = import_module("tongsuopy.crypto.exceptions").InvalidSignature
    except ImportError:
        return "an SM2 signature; to check it: pip install tongsuopy"
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), point)
        key.verify(signature, message, ec.ECDSA(sm3))
    except (refused, ValueError):
        return "the signature does not fit"
    return ""


# ── checkpoints ──


def read_key(text: str) -> tuple[tuple[str, bytes], bytes]:
    """Take ``name+id+base64`` apart; the id must be that of the key."""
    try:
        name, known, spelled = text.strip().split("+", 2)
        public = b64decode(spelled, validate=True)
    except ValueError:
        raise Unreadable(f"not a key: {text[:60]}") from None
    number = _sha256(name.encode() + b"\n" + public)[:4]
    if number.hex() != known:
        raise Unreadable(f"not a key: {text[:60]}")
    return (name, number), public


def note_fault(note: str, keys: dict[tuple[str, bytes], bytes]) -> str:
    """Return why no known key vouches for a note, or nothing."""
    text, _, lines = note.rpartition("\n\n")
    signed = False
    for line in lines.splitlines():
        name, _, spelled = line.removeprefix("\u2014 ").partition(" ")
        try:
            signature = b64decode(spelled, validate=True)
        except ValueError:
            return "a signature line cannot be read"
        public = keys.get((name, signature[:4]))
        if public is not None:
            if fault := signature_fault(public, signature[4:], f"{text}\n".encode()):
                return fault
            signed = True
    return "" if signed else "not signed by a key of this realm"


def marks_of(note: str, realm: str, source: str) -> list[Mark]:
    """Both roots of a checkpoint."""
    try:
        origin, size, root, suite, releases, at = note.partition("\n\n")[0].split("\n")
        begins, number = suite.split(" ")
        word, count, other, second = releases.split(" ")
        at = at.removeprefix("at ")
        marks = [
            Mark(CHANGES, int(size), b64decode(root, validate=True), source, at, int(number)),
            Mark(RELEASES, int(count), b64decode(other, validate=True), source, at, int(second)),
        ]
    except ValueError:
        raise Unreadable(f"{source} is not a checkpoint") from None
    if (origin, begins, word) != (f"tanxin/{realm}", "suite", RELEASES):
        raise Unreadable(f"{source} is a checkpoint of something else")
    return marks


def take_note(known: Known, note: str, realm: str, source: str) -> None:
    if fault := note_fault(note, known.keys):
        known.problems.append(Problem("NOT SIGNED", facts={"source": source, "reason": fault}))
        return
    marks = marks_of(note, realm, source)
    known.marks += marks
    known.suites.update((mark.log, mark.suite) for mark in marks)


def take_restore(known: Known, line: bytes, realm: str) -> None:
    """A statement that a backup was restored. It vouches for a root, as a checkpoint does."""
    stated = json.loads(line)
    note, source = stated["restored"], "a statement of this export"
    if fault := note_fault(note, known.keys):
        known.problems.append(Problem("NOT SIGNED", facts={"source": source, "reason": fault}))
        return
    origin, spelled = note.partition("\n\n")[0].split("\n")
    if origin != f"tanxin/{realm} restored":
        raise Unreadable(f"{source} is of something else")
    said = json.loads(spelled)
    salt = bytes.fromhex(stated["salt"])
    lost = Restore(said.pop("from"), said.pop("to"), spelled.encode(), salt, said)
    if lost not in known.restores:
        known.restores.append(lost)
    root = bytes.fromhex(said["root"])
    known.marks.append(Mark(CHANGES, lost.after, root, source, said["at"], said["suite"]))


def take_directory(known: Known, path: Path, realm: str, *, trust: bool = True) -> None:
    """A directory of checkpoints, or the one above it: keys, notes, and the hashes of entries.

    Its own keys count only where they are trusted.
    """
    path = path / realm if (path / realm).is_dir() else path
    keys = path / "keys"
    if not keys.exists():
        raise Unreadable(f"{path} holds no checkpoints of realm {realm}")
    if trust:
        known.keys.update(read_key(line) for line in keys.read_text("utf-8").splitlines())
    for note in sorted(path.glob("notes/*/*.note")):
        take_note(known, note.read_text("utf-8"), realm, note.name)
    for log in LOGS:
        if (stored := path / f"{log}.0").exists():
            remembered = Remembered(str(stored), hashes_in(stored), whole=False)
            known.hashes.setdefault(log, []).append(remembered)


def hashes_in(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while len(block := file.read(32)) == 32:  # noqa: PLR2004 - the size of a hash
            yield block


# ── one log ──


class LogCheck:
    """Takes the entries of one log, one after the other, and says what is wrong first."""

    def __init__(self, log: str, suite: int, realm: str, known: Known) -> None:
        self.log, self.realm = log, realm
        self.size, self.prev = 0, NO_HASH.encode()
        self.problem: Problem | None = None
        self.anchored = 0
        self._hash = HASHES.get(suite, _sha256)
        self._peaks: list[bytes] = []
        self._known = known.entries if log == CHANGES else {}
        self._restores = known.restores
        self._lost_receipt: Problem | None = None
        self._hashes = list(known.hashes.get(log, []))
        self._marks: dict[int, list[Mark]] = {}
        for mark in known.marks:
            if mark.log == log:
                self._marks.setdefault(mark.size, []).append(mark)
        self._look_at_marks()

    def take(self, line: bytes) -> None:
        """One line of the export: ``{"hash":"…","leaf":…}``."""
        if self.problem is not None:
            return
        if line.startswith(LOST) and self.log == CHANGES:
            self._take_lost(line)
            return
        content = line[82:-1]
        leaf = self._leaf_hash(content)
        spelled = leaf.hex().encode()
        at = content.find(b'"prev":"')
        if (
            line[:9] != b'{"hash":"'
            or line[9:73] != spelled
            or line[73:82] != b'","leaf":'
            or content[at + 8 : at + 72] != self.prev
            or not content.startswith(self._place(), at + 72)
            or self._log_mark not in content
        ):
            self._name_fault(line)
            return
        if self._known and self._differs_from_receipt(leaf):
            return
        if self._hashes and self._differs_from_hashes(leaf):
            return
        if self.log == RELEASES and self._misstates_restore(content):
            return
        self._grow(leaf)
        self.prev = spelled

    def _take_lost(self, line: bytes) -> None:
        """``{"lost":"…"}``: the hash of an entry that a restore of a backup lost."""
        spelled = line[9:73]
        stated = any(one.first <= self.size < one.after for one in self._restores)
        if not stated or line[73:] != b'"}' or not HEX(spelled):
            self._found("MISSING")
            return
        leaf = bytes.fromhex(spelled.decode())
        if self._differs_from_receipt(leaf) or self._differs_from_hashes(leaf):
            return
        if self.size in self._known:
            reason = "its entry was lost when a backup was restored"
            facts = {"source": self._known[self.size][1], "reason": reason}
            self._lost_receipt = Problem("RECEIPT", self.log, self.size, facts)
        self._grow(leaf)
        self.prev = spelled

    def _misstates_restore(self, content: bytes) -> bool:
        """What the keeper wrote of a restored backup is shown, and nothing else is."""
        stated = [one for one in self._restores if one.entry == self.size]
        written = b'"event":"log.restored"' in content
        if written == bool(stated) and all(one.is_told_by(content) for one in stated):
            return False
        return self._found("RESTORE", reason=NOT_SHOWN if written else NOT_WRITTEN)

    def _found(self, code: str, **facts: Any) -> bool:  # noqa: ANN401 - what a sentence says
        """Something is wrong, at the entry that comes now unless ``seq`` says otherwise."""
        seq = facts.pop("seq", self.size)
        self.problem = Problem(code, self.log, seq, facts)
        return True

    def _place(self) -> bytes:
        return b'","realm":"%b","seq":%d,"subject":' % (self.realm.encode(), self.size)

    @property
    def _log_mark(self) -> bytes:
        return b'"log":"changes"' if self.log == CHANGES else b'"log":"releases"'

    def _leaf_hash(self, content: bytes) -> bytes:
        suite = 2 if content.endswith(b',"suite":2,"v":1}') else 1
        return HASHES[suite](b"\0" + content)

    def _grow(self, leaf: bytes) -> None:
        top, rest = leaf, self.size
        while rest & 1:
            top, rest = self._hash(b"\x01" + self._peaks.pop() + top), rest >> 1
        self._peaks.append(top)
        self.size += 1
        if self.size in self._marks:
            self._look_at_marks()

    def root(self) -> bytes:
        if not self._peaks:
            return self._hash(b"")
        *others, root = self._peaks
        for left in reversed(others):
            root = self._hash(b"\x01" + left + root)
        return root

    def _look_at_marks(self) -> None:
        root = self.root() if self.size in self._marks else b""
        for mark in self._marks.get(self.size, ()):
            if mark.root != root:
                self._rewritten(mark)
                return
            self.anchored = self.size

    def _rewritten(self, mark: Mark) -> None:
        """Another root. Which entry differs first is known up to the last root that fitted."""
        if len({other.root for other in self._marks[mark.size]}) > 1:
            self._found("SPLIT VIEW", seq=None, size=mark.size, source=mark.source)
            return
        first, last = self.anchored, mark.size - 1
        place = f"{first}" if first == last else f"{first}…{last}"
        self._found("RECOMPUTED", seq=first, source=mark.source, place=place)

    def _differs_from_receipt(self, leaf: bytes) -> bool:
        expected = self._known.get(self.size, (leaf, ""))
        return expected[0] != leaf and self._differs(expected[1])

    def _differs_from_hashes(self, leaf: bytes) -> bool:
        for other in list(self._hashes):
            expected = next(other.stream, None)
            if expected is None:
                self._hashes.remove(other)
            elif expected != leaf:
                return self._differs(other.source)
        return False

    def _differs(self, source: str) -> bool:
        return self._found("RECOMPUTED", source=source, place=str(self.size))

    def _name_fault(self, line: bytes) -> None:
        """What is wrong with the line that should be entry ``size``."""
        try:
            entry = json.loads(line)
            seq, prev = int(entry["leaf"]["seq"]), str(entry["leaf"]["prev"])
            is_whole = self._leaf_hash(line[82:-1]).hex() == entry["hash"]
        except (ValueError, KeyError, TypeError):
            self._found("ALTERED")
            return
        if seq > self.size:
            self._found("MISSING")
        elif is_whole and seq == self.size and prev.encode() != self.prev:
            self._found("UNLINKED")
        else:
            self._found("ALTERED")

    def finish(self, claim: dict[str, Any], at: str) -> None:
        """The log is over; ``claim`` is what it says of its size and end, ``at`` that moment."""
        if self.problem is not None:
            return
        end = self.prev.decode()
        if claim["size"] > self.size:
            self._found("TRUNCATED", size=claim["size"])
        elif longest := max(self._longer(at), default=None):
            self._found("ROLLBACK", size=longest[0], source=longest[1])
        elif (claim["size"], claim.get("head", end)) != (self.size, end):
            self._found("HEAD", seq=self.size - 1)
        elif self.log == RELEASES and any(one.entry >= self.size for one in self._restores):
            self._found("RESTORE", reason=NOT_WRITTEN)
        else:
            self.problem = self._lost_receipt

    def _longer(self, at: str) -> Iterator[tuple[int, str]]:
        """Whoever knew of more entries when this log was read."""
        for mark in (mark for marks in self._marks.values() for mark in marks):
            if mark.size > self.size and mark.at <= at:
                yield mark.size, mark.source
        for seq, (_, source) in self._known.items():
            if seq >= self.size:
                yield seq + 1, source
        for other in self._hashes:
            rest = sum(1 for _ in other.stream) if other.whole else 0
            if rest:
                yield self.size + rest, other.source


# ── receipts ──


def read_receipt(path: Path) -> dict[str, Any]:
    """A receipt as it was given: text with a block of base64, or the bare JSON."""
    text = path.read_text("utf-8")
    if "-----BEGIN TANXIN RECEIPT-----" in text:
        block = text.partition("-----BEGIN TANXIN RECEIPT-----")[2].partition("-----END")[0]
        text = b64decode(block).decode()
    try:
        receipt = json.loads(text)
    except ValueError:
        raise Unreadable(f"{path} is not a receipt") from None
    if not isinstance(receipt, dict) or receipt.get("tanxin") != "receipt":
        raise Unreadable(f"{path} is not a receipt")
    return receipt


def spell(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def receipt_fault(receipt: dict[str, Any], known: Known) -> str:
    """What is wrong with a receipt by itself: its entry, what it commits to, its path."""
    if "leaf" not in receipt:  # the short one that is read off the printed code
        return ""
    leaf = receipt["leaf"]
    suite = leaf["suite"]
    hashed = HASHES[suite](b"\0" + spell(leaf))
    if hashed.hex() != receipt["hash"] or leaf["seq"] != receipt["entry"]:
        return "the entry on it was changed"
    if not says_what_it_commits_to(receipt, suite):
        return "the record it names was changed"
    if leaf["subject"] != receipt["talk"] or leaf["realm"] != receipt["realm"]:
        return "it names another talk than its entry"
    return path_fault(receipt, hashed, known) if receipt.get("checkpoint") else ""


def path_fault(receipt: dict[str, Any], hashed: bytes, known: Known) -> str:
    """What is wrong with the way from the entry to the signed root."""
    if fault := note_fault(receipt["checkpoint"], known.keys):
        return fault
    mark = marks_of(receipt["checkpoint"], receipt["realm"], "the receipt")[0]
    path = [bytes.fromhex(step) for step in receipt["proof"]]
    node = HASHES[receipt["tree"]]
    fits = leads_to(node, hashed, receipt["entry"], mark, path)
    return "" if fits else "its path leads elsewhere"


def says_what_it_commits_to(receipt: dict[str, Any], suite: int) -> bool:
    """Whether the version on it is the one of its entry; nothing is said once it was erased."""
    detail = receipt["detail"]
    if detail is None:
        return bool(receipt["digest"] == "")
    commit = _hmac(suite, bytes.fromhex(receipt["salt"]), spell(detail))
    fits = commit.hex() == receipt["leaf"]["commit"]
    return fits and bool(detail.get("digest") == receipt["digest"])


def leads_to(node: Hash, leaf: bytes, index: int, mark: Mark, path: list[bytes]) -> bool:
    """RFC 9162, 2.1.3.2."""
    here, last, top = index, mark.size - 1, leaf
    if not 0 <= here <= last:
        return False
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            top = node(b"\x01" + step + top)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            top = node(b"\x01" + top + step)
        here, last = here >> 1, last >> 1
    return last == 0 and top == mark.root


def take_receipt(known: Known, receipt: dict[str, Any], realm: str, source: str) -> None:
    try:
        fault = receipt_fault(receipt, known)
        if not fault and receipt["realm"] != realm:
            fault = "it is of another realm"
    except (KeyError, TypeError, ValueError):
        fault = "it is not whole"
    if fault:
        facts = {"source": source, "reason": fault}
        known.problems.append(Problem("RECEIPT", facts=facts))
        return
    known.entries[receipt["entry"]] = (bytes.fromhex(receipt["hash"]), source)
    if receipt.get("checkpoint"):
        known.marks += marks_of(receipt["checkpoint"], realm, source)


# ── a whole export ──


def read_head(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except ValueError:
        raise Unreadable("this is not an export of the log") from None
    if not isinstance(head, dict) or (head.get("tanxin"), head.get("v")) != ("export", 1):
        raise Unreadable("this is not an export of the log")
    return head


def take_notes(known: Known, lines: Iterator[bytes], realm: str, source: str) -> Iterator[bytes]:
    """Take checkpoints and statements, which come first; return the entries that follow."""
    for line in lines:
        if line.startswith(b'{"checkpoint"'):
            take_note(known, json.loads(line)["checkpoint"], realm, source)
        elif line.startswith(b'{"restored"'):
            take_restore(known, line, realm)
        else:
            return chain([line], lines)
    return lines


def check(lines: Iterable[bytes], head: dict[str, Any], known: Known) -> Report:
    """Check what follows the head of an export. Checkpoints in it come before its entries."""
    realm = str(head["realm"])
    known.keys.update(map(read_key, head["keys"]))
    entries = take_notes(known, iter(lines), realm, "a checkpoint of this export")
    checks = {log: LogCheck(log, head[log]["suite"], realm, known) for log in LOGS}
    problems = list(known.problems)
    current = checks[CHANGES]
    for line in entries:
        if line == SEPARATOR:
            current = checks[RELEASES]
        else:
            current.take(line)
    for log, one in checks.items():
        one.finish(head[log], head["at"])
        problems += [one.problem] if one.problem else []
    return Report(
        {log: one.size for log, one in checks.items()},
        {log: one.anchored for log, one in checks.items()},
        known.restores,
        sorted(problems, key=lambda problem: problem.code == "NOT SIGNED"),
    )


def lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line.rstrip(b"\n")


def hashes_of_export(path: Path, log: str) -> Iterator[bytes]:
    """The hashes that another export gives for one log."""
    current = CHANGES
    for line in lines_of(path):
        if line == SEPARATOR:
            current = RELEASES
        elif line.startswith((b'{"hash":"', LOST)) and current == log:
            yield bytes.fromhex(line[9:73].decode())


def take_older(known: Known, path: Path, realm: str) -> None:
    stream = lines_of(path)
    head = read_head(next(stream, b""))
    if head["realm"] != realm:
        raise Unreadable(f"{path} is of another realm")
    take_notes(known, stream, realm, str(path))
    for log in LOGS:
        remembered = Remembered(str(path), hashes_of_export(path, log), whole=True)
        known.hashes.setdefault(log, []).append(remembered)


def run(options: argparse.Namespace) -> Report:
    stream = lines_of(options.export)
    head = read_head(next(stream, b""))
    realm = str(head["realm"])
    known = Known()
    known.keys.update(map(read_key, options.key or head["keys"]))
    if options.key:
        head["keys"] = []
    for path in options.checkpoints:
        take_directory(known, path, realm, trust=not options.key)
    for path in options.older:
        take_older(known, path, realm)
    for path in options.receipt:
        take_receipt(known, read_receipt(path), realm, str(path))
    return check(stream, head, known)


def tell(report: Report) -> str:
    restores = [f"{one.said()}\n{one.said(1)}" for one in report.restores]
    if report.verdict != "OK":
        told = [f"{one.code}: {one.said()}\n{one.said(1)}" for one in report.problems]
        return "\n".join([*told, *restores, NEXT])
    sizes, anchored = report.sizes, report.anchored
    lines = [f"OK {sizes[CHANGES]} changes, {sizes[RELEASES]} releases"]
    for log in LOGS:
        open_end = sizes[log] - anchored[log]
        if open_end:
            lines.append(f"{open_end} {log} are newer than any checkpoint shown here")
    return "\n".join(lines + restores)


def as_json(report: Report) -> str:
    problems = [
        {"code": one.code, "log": one.log, "entry": one.seq, "said": one.said()}
        for one in report.problems
    ]
    whole = {
        "verdict": report.verdict,
        "sizes": report.sizes,
        "anchored": report.anchored,
        "restored": [
            {"from": one.first, "to": one.after, **{name: one.told[name] for name in TOLD}}
            for one in report.restores
        ],
        "problems": problems,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--checkpoints", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--receipt", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--older", type=Path, action="append", default=[], metavar="EXPORT")
    parser.add_argument("--key", action="append", default=[], help="trust these keys only")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        report = run(options)
    except (Unreadable, OSError) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    except (KeyError, TypeError, ValueError):
        sys.stderr.write("the head of this export, or a checkpoint, is damaged\n")
        return 2
    sys.stdout.write(f"{as_json(report) if options.json else tell(report)}\n")
    return 0 if report.verdict == "OK" else 1


if __name__ == "__main__":
    sys.exit(main())
