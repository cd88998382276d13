"""Words of an organisation's own: states, events and contacts, kinds and types, calendars.

A pack brings them; they are known to every pack that is checked together with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tanxin.core.policy import words
from tanxin.core.policy.manner import Manner
from tanxin.core.policy.schema import Stretch, Title


@dataclass(frozen=True, slots=True)
class OwnWords:
    """``kinds`` stand beside the four of the article; ``types`` stand each below a kind."""

    states: Mapping[str, Title] = field(default_factory=dict)
    events: Mapping[str, Title] = field(default_factory=dict)
    contacts: Mapping[str, Title] = field(default_factory=dict)
    kinds: Mapping[str, Manner] = field(default_factory=dict)
    types: Mapping[str, Manner] = field(default_factory=dict)
    calendars: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)

    @property
    def all_states(self) -> tuple[str, ...]:
        return (*words.STATES, *self.states)

    @property
    def all_events(self) -> tuple[str, ...]:
        return (*words.EVENTS, *self.events)

    @property
    def all_contacts(self) -> tuple[str, ...]:
        return (*words.CONTACTS, *self.contacts)

    @property
    def all_kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*words.KINDS, *self.kinds)))

    def beside(self, other: "OwnWords") -> "OwnWords":
        """Return these words and those of ``other``, whose own ones win."""
        both: dict[str, Any] = {
            each.name: {**getattr(self, each.name), **getattr(other, each.name)}
            for each in fields(self)
        }
        return OwnWords(**both)


NO_WORDS = OwnWords()
