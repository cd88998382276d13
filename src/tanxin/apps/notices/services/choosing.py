from tanxin.apps.notices.models import Choice
from tanxin.apps.notices.reaching import choice_of
from tanxin.apps.sealing.pii import seal_pii
from tanxin.core.access import Actor, RowForbidden
from tanxin.core.notices import Channel


def choose(
    actor: Actor, *, channel: Channel, hour: int, quiet: bool, address: str | None = None
) -> None:
    """How the actor is told. ``address`` None leaves the one there is; it goes with its channel."""
    if actor.person_id is None:
        raise RowForbidden
    kept = choice_of(actor.realm_id, actor.person_id)
    sealed = kept.address_sealed if kept.channel == channel else None
    if address:
        sealed = seal_pii(actor.realm_id, actor.person_id, "channel", address)
    Choice.objects.update_or_create(
        id=actor.person_id,
        realm_id=actor.realm_id,
        person_id=actor.person_id,
        defaults={
            "channel": channel.value,
            "hour": hour,
            "is_quiet": quiet,
            "address_sealed": None if channel == Channel.MAIL else sealed,
        },
    )
