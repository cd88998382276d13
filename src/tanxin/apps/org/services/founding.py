from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.models import DirectoryVersion
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.keys import found_keys
from tanxin.core.access import Actor, Role
from tanxin.core.vault.suites import INTL_1


def found_realm(
    name: str,
    *,
    at: datetime,
    organisation_type: str = "agency",
    suite: int = INTL_1,
    is_demo: bool = False,
    seeding_until: datetime | None = None,
) -> UUID:
    """Make a realm with its keys. The keys come first: without a keeper nothing is left behind."""
    realm_id = uuid4()
    found_keys(realm_id, suite)
    with transaction.atomic():
        Realm.objects.create(
            id=realm_id,
            name=name,
            organisation_type=organisation_type,
            suite=suite,
            is_demo=is_demo,
            seeding_until=seeding_until,
        )
        DirectoryVersion.objects.create(realm_id=realm_id)
        audit.begin_log(realm_id, suite)
        audit.record(
            "realm.founded",
            realm_id=realm_id,
            actor=None,
            subject_kind="realm",
            subject_id=realm_id,
            detail={"type": organisation_type, "demo": is_demo, "suite": suite},
            at=at,
        )
    return realm_id


def founder(realm_id: UUID) -> Actor:
    """The system actor that fills a new realm: it records facts, gives roles and is no member."""
    return Actor(realm_id=realm_id, roles=frozenset({Role.ORGANISER, Role.SECURITY_ADMIN}))


def finish_seeding(realm_id: UUID) -> None:
    """From now on the log takes only what happens now. Doing it twice changes nothing."""
    Realm.objects.filter(pk=realm_id).update(seeding_until=None)
