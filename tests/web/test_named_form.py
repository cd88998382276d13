import pytest
from django.forms import CharField, ChoiceField, IntegerField
from django.utils import translation

from tanxin.web.named_form import NamedForm


class Any(NamedForm):
    place = CharField(label="地点")
    kind = ChoiceField(label="类别", choices=[("a", "甲")])
    number = IntegerField(label="数", error_messages={"required": "几个？"})
    note = CharField(label="备注", required=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", {"place": "请填写「地点」。", "kind": "请选择「类别」。"}),
        ("en", {"place": "Please fill in: 地点", "kind": "Please choose: 类别"}),
    ],
)
def test_what_is_left_empty_is_named_unless_the_field_says_it_better(language, said):
    with translation.override(language):
        errors = Any({}).errors

    assert {name: list(found) for name, found in errors.items()} == {
        **{name: [words] for name, words in said.items()},
        "number": ["几个？"],
    }
