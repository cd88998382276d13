"""A form says what the source says: shown, sent back untouched, and the same again."""

import pytest
from django.http import QueryDict
from django.utils import translation

from tanxin.core.drafting.placed import look_at
from tanxin.core.drafting.rewrite import read_tree
from tanxin.packs import LIBRARY, shipped_sources
from tanxin.web.rules.drafting.bound import Faults, bind
from tanxin.web.rules.drafting.parts import part_of
from tanxin.web.rules.drafting.posted import CHOSEN, NAME, UNIT, join, value_of
from tanxin.web.rules.drafting.vocabulary import vocabulary_of

TREES = {name: read_tree(next(iter(shipped_sources(name).values()))) for name in LIBRARY}
ALL = {f"{name}.yaml": next(iter(shipped_sources(name).values())) for name in LIBRARY}


ONE_VALUE = ("text", "number", "day", "long", "raw", "flag", "word", "span")


def sent(bound) -> QueryDict:
    """What a browser sends of a form nobody touched."""
    form = QueryDict(mutable=True)
    for each in bound.all():
        for name, value in controls(each):
            form.appendlist(name, value)
    return form


def controls(bound):
    chosen = [option.value for option in bound.options if option.chosen]
    if bound.kind in ONE_VALUE:
        yield bound.name, bound.text
    if bound.kind in ("words", "select"):
        yield from ((bound.name, word) for word in chosen)
    extra = {"span": UNIT, "one": CHOSEN, "group": CHOSEN}
    if bound.kind in extra:
        yield from ((join(bound.name, extra[bound.kind]), word) for word in chosen)
    if bound.kind in ("many", "named"):
        yield join(bound.name, "n"), str(bound.count)
        yield from ((join(child.place, NAME), child.key) for child in bound.children)


def codes(tree):
    yield "head"
    for section in ("words", "parameters", "calendars"):
        if section in tree:
            yield section
    for section in ("citations", "kinds", "types"):
        yield from (f"{section}.{key}" for key in tree.get(section, ()))
    for at, rule in enumerate(tree["rules"]):
        yield f"rules.{at}"
        yield from (f"rules.{at}.rows.{row}" for row in range(len(rule.get("rows", ()))))


def again(part, tree, value):
    bound = bind(part.shape, value, "v", part.path, Faults([]))
    return value_of(part.shape, sent(bound), "v", value), bound


@pytest.mark.parametrize("name", LIBRARY)
def test_every_part_of_a_published_pack_comes_back_as_it_was(name):
    tree = TREES[name]
    looked = look_at("draft", ALL[f"{name}.yaml"], {})
    vocabulary = vocabulary_of(tree, looked)
    with translation.override("zh-hans"):
        for code in codes(tree):
            part = part_of(code, vocabulary, {})
            back, bound = again(part, tree, part.value(tree))

            assert part.put(tree, back) == tree, code
            assert [each.name for each in bound.all() if each.kind == "raw" and each.said] == []


STRANGE = [
    {"who": "chief"},
    {"who": {"seat": "chief", "branch": "member", "of": ["leadership"]}},
    {"who": {"branch": "member", "of": "leadership", "whatever": [1, {"a": "b"}]}},
    {"time": 3},
    {"time": {"within": {"days": 1, "weeks": 2}, "after": ["x"]}},
    {"time": {"at_least": {"percent": "many"}, "each": ["year"]}},
    {"relation": ["team"], "count": {"a": 1}},
    {"mutual": "perhaps", "except": "none", "report": [[1]], "sample": [2]},
    {"ways": {"ill": {"phone": True}, "nobody": "phone"}},
    {"unknown": {"deep": {"er": [1, 2]}}, "title": "only words"},
    {"rows": {"row": "x"}, "size": {"at_least": "three"}},
]


@pytest.mark.parametrize("rule", STRANGE, ids="-".join)
def test_what_no_form_can_show_is_kept_as_source(rule):
    tree = {"pack": "a", "rules": [rule]}
    part = part_of("rules.0", vocabulary_of(tree, look_at("a", "", {})), {})

    back, _ = again(part, tree, rule)

    assert back == rule
