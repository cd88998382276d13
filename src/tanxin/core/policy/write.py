"""Found duties are written out: who, by when, because of what, under a key of their own."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from hashlib import blake2b

from tanxin.core.policy.count import Found
from tanxin.core.policy.delegated import IsDelegated
from tanxin.core.policy.duty import Duty, RuleKey
from tanxin.core.policy.identity import KEY_SIZE
from tanxin.core.policy.relate import Group
from tanxin.core.policy.resolve import Edition
from tanxin.core.policy.windows import Window

Writing = Callable[[Group, Iterable[Found]], list[Duty]]


class Writer:
    """Writes the duties of one edition of a rule, window by window."""

    def __init__(self, edition: Edition, delegated: IsDelegated | None = None) -> None:
        self._delegated = delegated
        self._rule = edition.rule
        self._name = RuleKey(edition.pack.id, edition.pack.version, edition.rule.id)
        self._mutual = edition.terms.mutual
        self._day = cache(date.fromordinal)

    def into(self, window: Window) -> Writing:
        """Return what turns finds of a group into duties, one for each talk.

        All that they have in common is settled here, and the part of the key that is: what a hash
        of it knows already is copied.
        """
        name, mutual, day = self._name, self._mutual, self._day
        kind, form = self._rule.kind, self._rule.form.value
        period, parameters, always_sensitive = window.period, window.parameters, window.sensitive
        event, state, delegated = window.event, window.state, self._delegated
        hashes = [blake2b(digest_size=KEY_SIZE, salt=seed).copy for seed in window.seeds]
        numbered, wanted = list(enumerate(hashes, 1)), len(hashes)
        new = tuple.__new__  # What ``Duty(…)`` does without its check of the arguments.

        def write(group: Group, finds: Iterable[Found]) -> list[Duty]:
            unit, via = group.unit, group.via
            duties = []
            for sides, initiator, subject, first, last, talks, shared, _ in finds:
                leading, _, _, _, _, basis, _, _, sensitive = initiator
                basis = f"{parameters}|{basis}"
                person = None
                if subject is not None:
                    person, _, _, _, _, other_basis, _, _, other_sensitive = subject
                    basis = f"{basis}|{other_basis}"
                    sensitive = sensitive or other_sensitive
                others = shared or (delegated is not None and delegated(leading, first, last))
                opens, due, hidden = day(first), day(last), always_sensitive or sensitive
                for ordinal, begun in numbered if talks == wanted else numbered[:talks]:
                    key = begun()
                    key.update(sides)
                    fields = (
                        key.digest(), name, period, ordinal, leading, person, mutual, others,
                        opens, due, kind, form, unit, via, event, state, basis, hidden,
                    )  # fmt: skip
                    duties.append(new(Duty, fields))
            return duties

        return write
