import pytest

from our_tools import tool

house_rules = tool("house_rules")

EXAMPLES = {
    "migration-imports-nothing-of-ours": (
        "apps/talks/migrations/0002_fold.py",
        "from tanxin.core.lifecycle import TalkState\n",
        "from django.db import migrations\n",
    ),
    "no-f-string-in-gettext": (
        "web/talks/views.py",
        '_(f"{name} agrees.")\n',
        '_("%(name)s agrees.") % {"name": name}\n',
    ),
    "no-inline-style-script-handler": (
        "web/templates/talks/talk.html",
        '<p style="color: red">\n',
        '<p class="late">\n',
    ),
    "time-is-a-value": (
        "apps/talks/services/holding.py",
        "held = timezone.now()\n",
        "held = at\n",
    ),
    "environment-only-in-config": (
        "web/health/views.py",
        'home = os.environ["TANXIN_HOME"]\n',
        "home = settings.TANXIN_HOME\n",
    ),
    "no-row-locks": (
        "apps/talks/transitions.py",
        "Talk.objects.select_for_update().get(pk=pk)\n",
        "Talk.objects.filter(pk=pk, state=before).update(state=after)\n",
    ),
    "no-raw-sql": (
        "apps/talks/selectors.py",
        "with connection.cursor() as cursor:\n",
        "talks = cursor_page(Talk.objects.all())\n",
    ),
    "no-mark-safe": (
        "web/templatetags/ui.py",
        "return mark_safe(text)\n",
        'return format_html("<b>{}</b>", text)\n',
    ),
    "no-secret-level-in-code": ("web/talks/words.py", 'SHOWN = "★"\n', 'SHOWN = "仅当事人"\n'),
    "no-secret-level-in-pages": (
        "web/templates/talks/talk.html",
        "<b>机密</b>\n",
        "<b>限知</b> 严禁录入国家秘密\n",
    ),
    "no-secret-level-in-words": ("locale/zh_Hans/x.po", 'msgstr "秘密"\n', 'msgstr "一般"\n'),
    "no-secret-level-in-data": ("packs/x/pack.yaml", "level: 绝密\n", "level: 商业秘密\n"),
    "no-secret-level-in-tables": ("core/x.json", '["机密"]\n', '["限知"]\n'),
}
INLINE = [
    '<button onclick="go()">\n',
    "<style>p { color: red }</style>\n",
    "<script>go()</script>\n",
]
ALLOWED_PLACES = [
    ("apps/talks/tasks.py", "timezone.now()\n"),
    ("web/talks/views.py", "timezone.localdate()\n"),
    ("config/environment.py", "os.environ\n"),
    ("apps/duties/bulk.py", "connection.cursor()\n"),
    ("core/markings/rules.json", "★ 机密\n"),
]


def breaches(root, place, text):
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return list(house_rules.breaches(root))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_finds_what_it_forbids_and_says_what_to_do(tmp_path, name):
    place, breaking, _ = EXAMPLES[name]

    (breach,) = breaches(tmp_path, place, f"\n{breaking}")

    assert breach == f"{place}:2: {name}: {house_rules.RULES[name].instead}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_lets_the_better_way_pass(tmp_path, name):
    place, _, passing = EXAMPLES[name]

    assert breaches(tmp_path, place, passing) == []


@pytest.mark.parametrize("text", INLINE)
def test_handlers_styles_and_scripts_are_found_in_templates(tmp_path, text):
    assert len(breaches(tmp_path, "web/templates/base.html", text)) == 1


def test_a_script_of_the_bundle_and_data_for_it_pass(tmp_path):
    text = '<script type="module" src="x"></script><script type="application/json">[]</script>\n'

    assert breaches(tmp_path, "web/templates/base.html", text) == []


@pytest.mark.parametrize(("place", "text"), ALLOWED_PLACES)
def test_a_rule_knows_where_the_thing_belongs(tmp_path, place, text):
    assert breaches(tmp_path, place, text) == []


def test_every_rule_has_an_example():
    assert set(EXAMPLES) == set(house_rules.RULES)


def test_the_source_keeps_all_of_them():
    assert list(house_rules.breaches()) == []
