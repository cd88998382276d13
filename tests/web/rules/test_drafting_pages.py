"""The workbench: drafts begun, written in forms, tried, proposed and put in force by another."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.drafted import PackDraft
from tanxin.apps.duties.drafting import publishing, writing
from tanxin.apps.duties.models import Duty, PackInForce
from tanxin.core.access import Role
from tanxin.core.drafting.rewrite import read_tree
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS, shipped_sources

TODAY = timezone.localdate()
(MUSTS,) = shipped_sources(THREE_MUSTS).values()
NEXT = MUSTS.replace("version: 2026.1", "version: 2026.9")


@pytest.fixture
def adopted(world):
    names = (NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    services.put_shipped_in_force(world.founder, names, start=date(2026, 1, 1), at=timezone.now())


@pytest.fixture
def clerk(client_of):
    return client_of("dora")


@pytest.fixture
def second(world, client_of):
    world.entrust("cleo", Role.SUPERVISOR)
    return client_of("cleo")


@pytest.fixture
def draft(world, adopted):
    return writing.begin_draft(world.actor("dora"), NEXT, at=timezone.now())


def at(name, draft, *args, **query):
    url = reverse(f"rules:{name}", args=[draft.pk, *args])
    return url + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return " ".join(answer.content.decode().split())


def controls(html):
    """What a browser would send of the form of a part."""
    form = re.search(r'<form class="card rule-form".*?</form>', html, re.DOTALL).group()
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if name and ('type="radio"' in tag or 'type="checkbox"' in tag):
            if " checked" in tag:
                sent.setdefault(name, []).append(value)
        elif name:
            sent.setdefault(name, []).append(value)
    for name, value in re.findall(
        r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        sent[name] = [unescaped(value)]
    for attributes, inner in re.findall(r"<select([^>]*)>(.*?)</select>", form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        sent[attribute(attributes, "name")] = chosen or ([] if " multiple" in attributes else [""])
    return sent


def attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescaped(found.group(1)) if found else ""


def unescaped(value):
    for code, sign in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ):
        value = value.replace(code, sign)
    return value


def test_without_drafts_it_says_how_one_begins(world, clerk):
    assert "empty-state" in text(clerk.get(reverse("rules:drafts")))


@pytest.mark.parametrize("begin", ["empty", "library:university"])
def test_a_draft_begins_empty_or_with_published_rules(world, clerk, begin):
    answer = clerk.post(reverse("rules:draft_new"), {"begin": begin})

    assert answer.status_code == 303
    html = text(clerk.get(answer["Location"]))
    assert ("高校谈心谈话制度" in html) is (begin != "empty")


def test_a_draft_of_what_is_in_force_gets_a_version_of_its_own(world, clerk, adopted):
    pack = PackInForce.objects.get(pack="three-musts")

    clerk.post(reverse("rules:draft_new"), {"begin": f"pack:{pack.pk}"})

    assert read_tree(PackDraft.objects.get().text)["version"] == "2026.2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_in_use(world, clerk, encoding):
    file = SimpleUploadedFile("own.yaml", MUSTS.encode(encoding))

    clerk.post(reverse("rules:draft_new"), {"begin": "file", "file": file})

    assert PackDraft.objects.get().text == MUSTS


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02 not a text", b"\xff\xfe\xff", b"a" * 1_700_000],
    ids=["empty", "zeros", "no-encoding", "too-large"],
)  # fmt: skip
def test_what_is_no_pack_file_is_refused_in_words(world, clerk, data):
    file = SimpleUploadedFile("own.yaml", data)

    html = text(clerk.post(reverse("rules:draft_new"), {"begin": "file", "file": file}), 422)

    assert "errorlist" in html
    assert not PackDraft.objects.exists()


def test_rules_stand_as_sentences_under_their_clause(clerk, draft):
    html = text(clerk.get(at("draft", draft)))

    assert html.index("clause-side") < html.index("rule-line")
    assert "谈心谈话：" in html
    assert "errorlist nonfield" not in html


def test_a_form_sent_back_untouched_changes_nothing(clerk, draft):
    tree = read_tree(draft.text)
    codes = ["head", *(f"rules.{n}" for n in range(len(tree["rules"])))]
    codes += [f"citations.{key}" for key in tree["citations"]]
    for code in codes:
        url = at("draft_part", draft, part=code)
        answer = clerk.post(url, controls(clerk.get(url).content.decode()))
        assert answer.status_code == 303, code

    draft.refresh_from_db()
    assert (draft.text, draft.number) == (NEXT, 1)


def test_a_changed_number_changes_just_that_line_and_can_be_taken_back(clerk, draft):
    url = at("draft_part", draft, part="rules.0")
    sent = controls(clerk.get(url).content.decode())
    sent["v.title.zh"] = ["改过的标题"]

    page = text(clerk.get(clerk.post(url, sent)["Location"]))
    after = PackDraft.objects.get().text
    undo = re.search(r'action="([^"]*/back/1/2/)"', page).group(1)
    clerk.post(undo)

    assert "改过的标题" in page
    assert len(set(NEXT.splitlines()) - set(after.splitlines())) <= 15
    assert PackDraft.objects.get().text == NEXT


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(clerk, draft):
    url = at("draft_part", draft, part="rules.0")
    sent = controls(clerk.get(url).content.decode()) | {"v.id": ["Not An Id"], "stay": ["1"]}

    html = text(clerk.get(clerk.post(url, sent)["Location"]))

    assert 'value="Not An Id"' in html
    assert "「Not An Id」" in html
    assert "f-v-id-wrong" in html


def test_the_live_check_says_the_same_and_saves_nothing(clerk, draft):
    url = at("draft_part", draft, part="rules.0")
    sent = controls(clerk.get(url).content.decode()) | {"v.count": ["pare"]}

    html = text(clerk.post(at("draft_check", draft, part="rules.0"), sent, HTTP_HX_REQUEST="true"))

    wrong = re.search(r'<ul class="errorlist" id="f-v-count-wrong"[^>]*>(.*?)</ul>', html).group(1)
    assert "pair" in wrong
    assert PackDraft.objects.get().text == NEXT


def test_of_two_clerks_the_later_sees_both_texts_and_loses_nothing(world, clerk, draft):
    url = at("draft_part", draft, part="rules.0")
    sent = controls(clerk.get(url).content.decode())
    theirs = NEXT.replace("title: {zh: ", "title: {zh: 别人的", 2)
    writing.save_text(world.actor("dora"), draft.pk, theirs, base=1, at=timezone.now())

    html = text(clerk.post(url, sent | {"v.title.zh": ["我的标题"]}), 422)

    assert "别人的" in html
    assert 'value="我的标题"' in html
    assert 'name="base" value="2"' in html
    assert PackDraft.objects.get().text == theirs
    again = controls(html)
    assert clerk.post(url, again).status_code == 303
    assert "我的标题" in PackDraft.objects.get().text


def test_clauses_and_rules_are_added_moved_and_removed(clerk, draft):
    first = [rule["id"] for rule in read_tree(draft.text)["rules"]]

    def step(**what):
        number = PackDraft.objects.get().number
        assert clerk.post(at("draft_step", draft), {"base": number, **what}).status_code == 303
        return [rule.get("id") for rule in read_tree(PackDraft.objects.get().text)["rules"]]

    assert step(do="down", part="rules.0")[:2] == [first[1], first[0]]
    assert step(do="remove", part="rules.0") == [first[0], *first[2:]]
    added = step(do="add", part="rules")
    assert added[-1].startswith("rule-")
    step(do="add", part="citations")
    assert "clause-1" in read_tree(PackDraft.objects.get().text)["citations"]
    step(do="add", part=f"rules.{len(added) - 1}.rows")
    for part in ("citations.clause-1", f"rules.{len(added) - 1}", f"rules.{len(added) - 1}.rows.0"):
        text(clerk.get(at("draft_part", draft, part=part)))
    for section in ("kinds", "types"):
        step(do="add", part=section)
    for part in ("kinds.kind_1", "types.type_1", "words", "calendars", "parameters"):
        text(clerk.get(at("draft_part", draft, part=part)))
    assert "需要修改" in text(clerk.get(at("draft", draft)))


@pytest.mark.parametrize(
    "part", ["rules.99", "rules.x", "rules", "nothing", "citations.none", "rules.0.rows.0", "rules.0.who",
    "rules.-1", "citations", "rules.0.rows.0.rows.0", "x" * 500],
    ids=lambda part: part[:20],
)  # fmt: skip
def test_a_part_that_is_not_there_is_not_found(clerk, draft, part):
    assert clerk.get(at("draft_part", draft, part=part)).status_code == 404
    for what in ("add", "remove", "up", "fly"):
        answer = clerk.post(at("draft_step", draft), {"part": part, "do": what, "base": 1})
        assert answer.status_code in (404, 422, 303)


def test_source_and_forms_are_the_same_thing(clerk, draft):
    url = at("draft_source", draft)
    half = NEXT.replace("kind: routine", "kind: rutine", 1)

    assert "three-musts" in text(clerk.get(url))
    assert clerk.post(url, {"text": half, "base": 1}).status_code == 303
    html = text(clerk.get(at("draft", draft)))
    taken = clerk.get(at("draft_take", draft))

    assert "routine" in html
    assert taken.content.decode() == half
    assert "attachment" in taken["Content-Disposition"]


BOMB = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    "source", [BOMB, "rules: [", "[" * 400, "- a\n- b\n", "", "pack: !!python/object:os.system x",
    "rules: 3\ncitations: [1]\nwords: x\ntypes: {a: 1}\npack: {}\ntitle: []\nextends: {a: b}",
    "rules:\n  - 1\n  - [x]\n  - {who: 3, time: [], cites: {}}\ncitations: {a: 1, b/c d: {}}\n",
    "a: 1\na: 2\n", "rules: [{rows: 3}, {rows: [1]}, {rows: [{row: [x]}]}]"],
    ids=["bomb", "open", "deep", "list", "empty", "tag", "wrong-kinds", "wrong-entries", "twice", "rows"],
)  # fmt: skip
def test_a_strange_source_is_kept_said_and_harmless(clerk, draft, source):
    clerk.post(at("draft_source", draft), {"text": source, "base": 1})

    assert PackDraft.objects.get().text == source
    html = text(clerk.get(at("draft", draft)))
    assert "errorlist" in html
    text(clerk.get(at("draft_source", draft)))
    assert clerk.get(at("draft_part", draft, part="head")).status_code in (200, 303)
    assert clerk.get(at("draft_part", draft, part="rules.0")).status_code in (200, 303, 404)
    assert clerk.get(at("draft_try", draft, count=1)).status_code == 303
    assert clerk.post(at("draft_propose", draft), {"start": TODAY, "base": 2}).status_code == 422


def test_what_a_lower_pack_in_force_would_fall_short_of_is_said(world, clerk, adopted):
    stricter = NEXT.replace("value: 1}]", "value: 4}]", 1)
    draft = writing.begin_draft(world.actor("dora"), stricter, at=timezone.now())

    html = text(clerk.get(at("draft", draft)))

    assert "demo-commission" in html
    assert "要求更低" in html or "低于" in html or "宽" in html


def test_two_who_write_the_source_lose_nothing(world, clerk, draft):
    writing.save_text(world.actor("dora"), draft.pk, "theirs: 1", base=1, at=timezone.now())

    html = text(clerk.post(at("draft_source", draft), {"text": "mine: 1", "base": 1}), 422)

    assert "theirs: 1" in html
    assert "mine: 1" in html


def test_trying_says_what_would_come_and_what_it_costs_and_saves_nothing(world, clerk):
    services.put_shipped_in_force(
        world.founder, (NATIONAL, THREE_MUSTS), start=date(2026, 1, 1), at=timezone.now()
    )
    services.derive_realm(
        world.founder, world.realm_id, today=TODAY, at=timezone.now(), reason="test"
    )
    twice = NEXT.replace("value: 1}]", "value: 3}]", 1)
    draft = writing.begin_draft(world.actor("dora"), twice, at=timezone.now())
    before = Duty.objects.count()

    first = text(clerk.get(at("draft_try", draft)))
    html = text(clerk.get(at("draft_try", draft, count=1)))
    part = text(clerk.get(at("draft_try", draft, count=1), HTTP_HX_REQUEST="true"))
    links = re.findall(r'href="([^"]*/try/duties/[^"]*)"', html)
    lists = [text(clerk.get(unescaped(link))) for link in links]

    assert "hx-get" in first
    assert "次谈话" in html
    assert "<html" not in part
    assert any("本明" in page or "尉迟明" in page for page in lists)
    for by in ("unit", "person"):
        text(clerk.get(at("draft_try_sides", draft, by=by)))
    assert (Duty.objects.count(), PackInForce.objects.count()) == (before, 2)


def test_trying_the_same_rules_says_that_nothing_would_be_otherwise(clerk, draft):
    assert "empty-state" in text(clerk.get(at("draft_try", draft, count=1)))
    assert "empty-state" in text(clerk.get(at("draft_try_duties", draft)))


def test_minutes_that_make_no_sense_are_refused_in_words(clerk, draft):
    assert "errorlist" in text(clerk.get(at("draft_try", draft, care="-3")), 422)
    for page in ("draft_try_duties", "draft_try_sides"):
        assert clerk.get(at(page, draft, start="nonsense")).status_code == 404
    assert clerk.get(at("draft_try_duties", draft, unit="nonsense")).status_code == 404


def test_one_proposes_and_another_puts_in_force(clerk, second, draft):
    start = TODAY + timedelta(days=20)
    clerk.post(at("draft_propose", draft), {"start": start.isoformat(), "base": 1})
    own = text(clerk.get(at("draft", draft)))
    html = text(second.get(at("draft", draft)))
    digest = re.search(r'name="digest" value="(\w{64})"', html).group(1)

    assert "draft_approve" not in own
    assert 'name="digest"' not in own
    assert clerk.post(at("draft_approve", draft), {"digest": digest}).status_code == 403
    assert second.post(at("draft_approve", draft), {"digest": digest}).status_code == 303
    assert PackInForce.objects.get(version="2026.9").start == start
    assert second.post(at("draft_approve", draft), {"digest": digest}).status_code == 422
    assert "单可" in text(clerk.get(at("draft", draft)))


def test_who_decides_sees_what_is_otherwise_than_in_force(world, clerk, second, draft):
    after = NEXT.replace("value: 1}]", "value: 2}]", 1)
    writing.save_text(world.actor("dora"), draft.pk, after, base=1, at=timezone.now())

    html = text(second.get(at("draft", draft)))

    assert "与现行版本的差异" in html
    assert "2026.1 → 2026.9" in html


def test_what_waits_for_a_second_person_stands_on_his_first_page(clerk, second, draft):
    clerk.post(at("draft_propose", draft), {"start": TODAY.isoformat(), "base": 1})

    assert at("draft", draft) in text(second.get(reverse("home:home")))
    assert at("draft", draft) not in text(clerk.get(reverse("home:home")))


def test_it_is_returned_with_a_reason(clerk, second, draft):
    clerk.post(at("draft_propose", draft), {"start": TODAY.isoformat(), "base": 1})

    assert "errorlist" in text(second.post(at("draft_return", draft), {"reason": " "}), 422)
    assert second.post(at("draft_return", draft), {"reason": "请核对第三条"}).status_code == 303
    assert "请核对第三条" in text(clerk.get(at("draft", draft)))


def test_who_proposed_takes_it_back_and_drops_it(clerk, second, draft):
    clerk.post(at("draft_propose", draft), {"start": TODAY.isoformat(), "base": 1})

    assert clerk.post(at("draft_drop", draft)).status_code == 422
    assert clerk.post(at("draft_withdraw", draft)).status_code == 303
    assert clerk.post(at("draft_drop", draft)).status_code == 303
    assert clerk.get(at("draft", draft)).status_code == 404


def test_without_a_second_person_it_says_whom_it_takes(clerk, draft):
    html = text(
        clerk.post(at("draft_propose", draft), {"start": TODAY.isoformat(), "base": 1}), 422
    )

    assert "组织人员或监督人员" in html
    assert "errorlist" in text(
        clerk.post(at("draft_propose", draft), {"start": "x", "base": 1}), 422
    )


def test_a_supervisor_reads_a_draft_and_changes_nothing(clerk, second, draft):
    html = text(second.get(at("draft", draft)))

    assert "draft_step" not in html
    assert "/step/" not in html
    assert second.get(at("draft_part", draft, part="head")).status_code == 403
    assert "<textarea" not in text(second.get(at("draft_source", draft)))


def test_the_drafts_are_found_from_the_rules(clerk, client_of, draft):
    assert reverse("rules:drafts") in text(clerk.get(reverse("rules:packs")))
    assert reverse("rules:drafts") not in text(client_of("ada").get(reverse("rules:packs")))
    assert "三必谈" in text(clerk.get(reverse("rules:drafts")))


@pytest.mark.parametrize("name", ["draft", "draft_source", "draft_part", "draft_try"])
def test_the_pages_of_a_draft_take_few_queries(clerk, draft, django_assert_max_num_queries, name):
    clerk.get(at(name, draft))
    with django_assert_max_num_queries(14):
        clerk.get(at(name, draft))


def test_a_frozen_draft_shows_no_forms(world, clerk, second, draft):
    publishing.propose_draft(
        world.actor("dora"), draft.pk, base=1, start=TODAY, today=TODAY, at=timezone.now()
    )

    assert clerk.get(at("draft_part", draft, part="head")).status_code == 303
    assert clerk.post(at("draft_step", draft), {"part": "rules", "do": "add"}).status_code == 422
    assert clerk.post(at("draft_back", draft, 1, 1)).status_code == 422


def test_a_new_draft_is_made_by_a_button_that_says_so(clerk, adopted):
    page = text(clerk.get(reverse("rules:draft_new"), headers={"accept-language": "zh-hans"}))

    assert '<button class="btn btn-primary" type="submit">新建草稿</button>' in page


def test_no_choice_of_people_is_labelled_with_its_code(clerk, draft):
    page = text(clerk.get(at("draft_part", draft, part="rules.0")))

    assert not re.search(r">(head|anyone|any)</label>", page)
