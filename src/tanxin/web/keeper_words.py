"""What the page says when the keeper does not answer, or says no, and what can be done about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable

TRY_AGAIN = _(
    "Try again in a minute. If it goes on, tell your administrator that the keeper does not answer."
)
ASK_FOR_MORE = _(
    "Wait a while. If your work needs more, ask your system administrator to raise the limit."
)
TELL_SECURITY = _("Nothing was opened, and it was noted. Please tell your security administrator.")


@dataclass(frozen=True, slots=True)
class Words:
    title: Promise | str
    what: Promise | str
    do: Promise | str
    status: int


AWAY = Words(
    _("Confidential text cannot be opened or sealed just now"),
    _(
        "The keeper, which holds the keys, does not answer. Confidential text can be neither opened"
        " nor saved until it does; the rest goes on working where names are known already."
    ),
    TRY_AGAIN,
    503,
)
TOO_MUCH = Words(
    _("Too many records in too short a time"),
    _(
        "The keeper opens only so many records per person and hour, so that nobody can carry all of"
        " them away at once."
    ),
    ASK_FOR_MORE,
    429,
)
TOO_MUCH_FOR_ALL = Words(
    _("Too many records in too short a time"),
    _(
        "The keeper opens only so many records per organisation and day, and today they are used"
        " up."
    ),
    ASK_FOR_MORE,
    429,
)
TOO_MANY_SEARCHES = Words(
    _("Too many searches in too short a time"),
    _("The keeper looks through records only so often per person and hour."),
    ASK_FOR_MORE,
    429,
)
NOT_AS_SEALED = Words(
    _("The keeper does not open this text"),
    _("What is stored is not what was sealed, or the permission to open it is not genuine."),
    TELL_SECURITY,
    403,
)
ENDED = Words(
    _("The keeper does not open this text"),
    _("Your access to it has ended."),
    _("If you need it for your work, ask for access again."),
    403,
)
OF_CODE: dict[str, Words] = {
    "quota_exceeded": TOO_MUCH,
    "realm_quota_exceeded": TOO_MUCH_FOR_ALL,
    "search_quota_exceeded": TOO_MANY_SEARCHES,
    "grant_ended": ENDED,
} | dict.fromkeys(
    (
        "grant_not_good",
        "not_for_that_role",
        "older_version",
        "not_authentic",
        "wrong_place",
        "malformed",
        "unknown_suite",
        "unknown_key_version",
    ),
    NOT_AS_SEALED,
)


def words_for(problem: KeeperUnavailable | KeeperRefused) -> Words:
    return OF_CODE.get(problem.code, AWAY) if isinstance(problem, KeeperRefused) else AWAY
