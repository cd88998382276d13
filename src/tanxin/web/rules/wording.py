"""What codes are called: by the words of everybody, and by the titles that packs give their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from tanxin.apps.org.codes import table
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.schema import Title
from tanxin.web.org import words as org_words
from tanxin.web.rules import words
from tanxin.web.talks import words as talk_words

Named = Mapping[str, Promise | str]


def title_of(title: Title) -> str:
    return title.en if get_language() == "en" else title.zh


@dataclass(frozen=True, slots=True)
class Wording:
    """``talks`` are kinds and types together, as rules speak of both."""

    states: Named
    events: Named
    contacts: Named
    talks: Named


def wording(own: OwnWords | None = None) -> Wording:
    """The words of everybody beside those of ``own``."""
    mine = own or NO_WORDS
    return Wording(
        {**_titles(mine.states), **org_words.STATES},
        {**_titles(mine.events), **words.EVENTS},
        {**_titles(mine.contacts), **words.CONTACTS},
        {
            **{name: title_of(one.title) for name, one in {**mine.kinds, **mine.types}.items()},
            **talk_words.KINDS,
        },
    )


def _titles(named: Mapping[str, Title]) -> dict[str, str]:
    return {name: title_of(title) for name, title in named.items()}


def politics_word(code: str) -> str:
    """政治面貌 in the first word that its table has for it."""
    return table("politics").word(code)
