"""Texts that are kept from somebody with the row they are about, also where it is a higher app's.

An app config with ``rows_kept_from`` names the rows of its own that are. One with ``rows_of``
names, for each kind of row it has texts about, those that are the actor's, so that a text ends for
him when its row does.
"""

from django.apps import apps
from django.db.models import Q

from tanxin.apps.archive.content import requests_kept_from
from tanxin.apps.org.former import still_his
from tanxin.apps.org.recusals import not_kept_from
from tanxin.core.access import Actor


def is_not_kept(actor: Actor) -> Q:
    """Parts in records about rows from which, or from whose talk, the actor is not recused."""
    shown = not_kept_from(actor, "record__about_id")
    shown &= ~Q(record__about_id__in=requests_kept_from(actor).values("pk"))
    for config in apps.get_app_configs():
        if rows_kept_from := getattr(config, "rows_kept_from", None):
            found = rows_kept_from(actor)
            for rows in found if isinstance(found, tuple) else (found,):
                shown &= ~Q(record__about_id__in=rows.values("pk"))
    return shown


def goes_on(actor: Actor) -> Q:
    """Parts in records about rows that are still the actor's, though he has left something."""
    mine, known = Q(), []
    for config in apps.get_app_configs():
        if rows_of := getattr(config, "rows_of", None):
            for kind, rows in rows_of(actor).items():
                known.append(kind)
                mine |= Q(record__about_kind=kind, record__about_id__in=rows.values("pk"))
    return mine | ~Q(record__about_kind__in=known) & still_his(actor, "start")
