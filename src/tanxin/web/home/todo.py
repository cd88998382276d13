"""Everything that waits for one person, once each, out of the lists of the apps."""

from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.talks.access import talks_to_attend
from tanxin.apps.talks.echoes import invitation_about, talks_asked_about
from tanxin.apps.talks.selectors import (
    planned_talks,
    requests_waiting_for,
    talks_waiting_for,
)
from tanxin.core.access import Actor
from tanxin.web.feedback.to_do import waiting as told_waiting
from tanxin.web.home.waiting.deciding import access_items
from tanxin.web.home.waiting.duties import duty_items, owes_any
from tanxin.web.home.waiting.issues import issue_items, promised_to_next
from tanxin.web.home.waiting.shapes import MOST, Item, ToDo, empty_groups
from tanxin.web.home.waiting.talks import (
    REQUESTED,
    arranging_items,
    sheet_items,
    talk_items,
    times_to_find,
)
from tanxin.web.sheets.on_page import sheets_waiting


def todo_of(actor: Actor, *, now: datetime, today: date) -> ToDo:
    groups = empty_groups()
    mine = (
        talks_waiting_for(actor, now=now)
        | planned_talks(actor)
        | talks_to_attend(actor)
        | talks_asked_about(actor, today=today)
    ).annotate(invitation=invitation_about(actor, today=today))
    talks = list(mine.order_by("planned_for", "pk")[:MOST])
    sheets = list(sheets_waiting(actor))
    on_paper = {row.talk.pk for row in sheets}
    promised = promised_to_next(actor, talks, today)
    for talk in talks:
        # Whose sheet waits stands below with that; its next step is the sheet.
        if talk.pk not in on_paper:
            for key, item in talk_items(actor, talk, talk.invitation, now, today):
                url = promised.get(talk.pk, "")
                groups[key].items.append(replace(item, promised_url=url) if url else item)
    for what, request in islice(requests_waiting_for(actor), MOST):
        key, item = REQUESTED[what](request)
        groups[key].items.append(item)
    for key, item in (
        *issue_items(actor, now=now, today=today),
        *duty_items(actor, talks, today),
    ):
        groups[key].items.append(item)
    leaders = leaders_of(actor, on=today)
    if leaders:
        groups["answer"].items += arranging_items(actor, leaders, today)
        groups["hold"].items += times_to_find(actor, leaders, today)
    groups["record"].items += sheet_items(sheets)
    groups["access"].items += [Item(*item) for item in told_waiting(actor)]
    groups["access"].items += access_items(actor, now=now, today=today)
    leads = any(talk.initiator_id == actor.person_id for talk in talks)
    return ToDo(
        groups=[group for group in groups.values() if group.items],
        is_initiator=leads or bool(groups["hold"].items) or owes_any(actor),
        arranges=bool(leaders),
    )
