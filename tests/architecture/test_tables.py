"""What no table may hold, and what every table that grows must have."""

import re

import pytest
from django.apps import apps
from django.db.models import ForeignKey, UniqueConstraint

MODELS = [model for model in apps.get_models() if model.__module__.startswith("tanxin.")]
OF_A_REALM = [model for model in MODELS if any(f.name == "realm" for f in model._meta.fields)]
# One row for the installation, for a realm, for an account or for a day: these do not grow with
# what a realm does.
OF_NO_REALM = {
    "realms.Realm", "realms.JobRun", "accounts.Account", "accounts.LoginFailures",
    "accounts.Session", "accounts.ResetCode", "accounts.FailedAttempts", "accounts.KnownBrowser",
}  # fmt: skip
ONE_ROW_A_REALM = {"org.DirectoryVersion", "audit.LogHead", "duties.Outlook"}
# An account is asked for its realms, a secret address for its owner, before a realm is known.
ACROSS_REALMS = {"org.Membership.account", "accounts.CalendarAddress.digest"}
# Named by a digest, so that the limiter finds it without keeping a name.
WITHOUT_RANDOM_KEY = {"accounts.LoginFailures.key"}

FORBIDDEN = re.compile(
    r"(^|_)(points?|scores?|scoring|scored|rank(s|ing)?|grade|rating|badges?|streak|stars?"
    r"|check_?in|checked_?in|sign_?in|gps|lat|latitude|lon|longitude|geo|location|position"
    r"|photos?|pictures?|images?|selfie|face|voice|audio|mood|sentiment|emotion"
    r"|online_?time|duration|word_?count|min_?length|length)(_|$)"
)
# 职级: what a person is appointed to, in no order of talks.
RANKS_OF_OFFICE = {"org.RankHolding.rank", "org.Authority.rank"}


def label(field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def forbidden_fields(names):
    return {name for name in names if FORBIDDEN.search(name.rsplit(".", 1)[-1].lower())}


def test_no_table_holds_points_ranks_scores_places_or_pictures():
    fields = {label(field) for model in MODELS for field in model._meta.local_fields}

    assert len(fields) > 150
    assert forbidden_fields(fields) == RANKS_OF_OFFICE


@pytest.mark.parametrize(
    "name",
    ["points", "score", "subject_score", "checked_in_at", "gps", "photo", "sign_in_day", "mood"],
)
def test_such_a_field_would_be_found(name):
    assert forbidden_fields({f"talks.Talk.{name}"})


@pytest.mark.parametrize("name", ["via", "planned_for", "latest", "state", "signed_on", "relation"])
def test_an_ordinary_field_is_not_taken_for_one(name):
    assert not forbidden_fields({f"talks.Talk.{name}"})


def test_every_table_belongs_to_a_realm():
    others = {model._meta.label for model in MODELS if model not in OF_A_REALM}

    assert others == OF_NO_REALM


@pytest.mark.parametrize("model", OF_A_REALM, ids=lambda model: model._meta.label)
def test_every_index_of_a_growing_table_begins_with_the_realm(model):
    indexed = {index.name: index.fields for index in model._meta.indexes}
    unique = {
        constraint.name: list(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    }

    first = {name: fields[0].lstrip("-") for name, fields in (indexed | unique).items()}
    assert set(first.values()) <= {"realm"}, first
    assert first or model._meta.label in ONE_ROW_A_REALM


@pytest.mark.parametrize("model", OF_A_REALM, ids=lambda model: model._meta.label)
def test_no_column_of_a_growing_table_has_an_index_of_its_own(model):
    alone = {
        label(field)
        for field in model._meta.local_fields
        if not field.primary_key and (field.db_index or field.unique)
    }

    assert alone <= ACROSS_REALMS
    assert not model._meta.local_many_to_many


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_that_belongs_to_somebody_disappears_with_another_row(model):
    for field in model._meta.local_fields:
        if isinstance(field, ForeignKey):
            assert field.remote_field.on_delete.__name__ == "PROTECT", label(field)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_key_tells_nothing_and_counts_nothing(model):
    key = model._meta.pk

    random = key.get_internal_type() in {"UUIDField", "OneToOneField"}
    assert random or label(key) in WITHOUT_RANDOM_KEY
