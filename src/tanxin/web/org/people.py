"""One person: what the roster says, as a picture over the years and as a list with sources."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.org import selectors
from tanxin.apps.org.access import person_for, relations_to_person
from tanxin.apps.org.authorities import may_see_authorities
from tanxin.apps.org.codes import rank_word, table
from tanxin.apps.org.directory import Directory
from tanxin.apps.org.intake.examine import VARIANTS
from tanxin.apps.org.intake.export import career_of
from tanxin.apps.org.selectors import FactLine, UnitTree
from tanxin.apps.org.services import PersonDetails, details_of
from tanxin.apps.realms.selectors import organisation_type
from tanxin.core.access import Permission, decide
from tanxin.web.directory import directory_of
from tanxin.web.org import words
from tanxin.web.org.asked_day import AskedDay, asked_day
from tanxin.web.org.spans import Span, picture
from tanxin.web.requests import ActorRequest

CAREER = "career"
ORDER = ("post", "rank", "seat", "charge", "branch", "contact", "contacted", "state")


@require_safe
def show(request: ActorRequest, person_id: UUID) -> HttpResponse:
    actor, day = request.actor, asked_day(request)
    person = person_for(actor, person_id, Permission.ORG_VIEW)
    relations = relations_to_person(actor, person_id)
    sensitive = decide(Permission.SENSITIVE_STATE_VIEW, relations).allowed
    private = decide(Permission.CONTACT_DETAILS_VIEW, relations).allowed
    lines = [
        line
        for line in selectors.facts_of(actor.realm_id, person_id)
        if sensitive or not line.sensitive
    ]
    lines.sort(key=lambda line: ORDER.index(line.kind))
    variant = VARIANTS[organisation_type(actor.realm_id)]
    tree = selectors.unit_tree(actor.realm_id, day.on)
    teller = Teller(directory_of(request), tree, variant, day)
    spans = [teller.span(line) for line in lines]
    details = details_of(person) if private else PersonDetails("")
    shown = {
        "day": day,
        "person_id": person_id,
        "now": [span for span in spans if span.holds_on(day.on)],
        "spans": sorted(spans, key=lambda span: span.start or date.min, reverse=True),
        "picture": picture(spans, day.on, day.today),
        "private": private_rows(details),
        "career": career_rows(details),
        "left_on": person.left_on,
        "is_self": actor.person_id == person_id,
        "may_help": decide(Permission.ACCOUNT_RESET, actor.standing).allowed,
        "may_edit": decide(Permission.ORG_EDIT, actor.standing).allowed,
        "may_see_authorities": may_see_authorities(actor),
    }
    return render(request, "org/person.html", shown)


class Teller:
    """Puts facts into words. A unit is called as on the day asked for."""

    def __init__(self, names: Directory, tree: UnitTree, variant: str, day: AskedDay) -> None:
        self.names = names
        self.tree = tree
        self.variant = variant
        self.day = day

    def span(self, line: FactLine) -> Span:
        title, detail, url = getattr(self, line.kind)(line)
        return Span(
            start=line.start,
            end=line.end,
            group=words.fact_kind(line.kind, line.what),
            title=title,
            detail=detail,
            url=url + self.day.query if url else "",
            source=line.source,
        )

    def unit(self, unit_id: UUID | None) -> tuple[str, str]:
        url = reverse("org:unit", args=[unit_id]) if unit_id else ""
        node = self.tree.node(unit_id) if unit_id else None
        return node.name if node else self.names.unit_name(unit_id), url

    def post(self, line: FactLine) -> tuple[str, str, str]:
        name, url = self.unit(line.of_id)
        return line.what, name, url

    def rank(self, line: FactLine) -> tuple[str, str, str]:
        return rank_word(line.what, self.variant), "", ""

    def seat(self, line: FactLine) -> tuple[str, str, str]:
        url = reverse("org:team", args=[line.of_id])
        return line.what, words.word(words.SEAT_ROLES, line.role), url

    def charge(self, line: FactLine) -> tuple[str, str, str]:
        name, url = self.unit(line.of_id)
        return name, "", url

    def branch(self, line: FactLine) -> tuple[str, str, str]:
        name, url = self.unit(line.of_id)
        return name, words.word(words.BRANCH_ROLES, line.role), url

    def contact(self, line: FactLine) -> tuple[str, str, str]:
        if line.other_id is None:
            name, url = self.unit(line.of_id)
        else:
            name, url = self.names.name(line.other_id), reverse("org:person", args=[line.other_id])
        return name, "", url

    contacted = contact

    def state(self, line: FactLine) -> tuple[str, str, str]:
        return words.word(words.STATES, line.what), "", ""


def private_rows(details: PersonDetails) -> list[tuple[str, str]]:
    """What only the person and organisers see; rows without a value are left out."""
    politics = table("politics").word(details.politics) if details.politics else ""
    rows = [
        (_("Staff number"), details.number),
        (_("Phone"), details.phone),
        (_("Mail"), details.mail),
        (_("ID number"), details.id_number),
        (_("Gender"), words.word(words.GENDERS, details.gender)),
        (_("Born"), details.birth),
        (_("Political status"), politics),
        (_("Joined the Party"), details.joined_party),
        (_("Started work"), details.started_work),
        *(
            (words.word(words.MORE, name), said)
            for name, said in details.more.items()
            if name != CAREER
        ),
    ]
    return [(label, str(value)) for label, value in rows if value]


def career_rows(details: PersonDetails) -> list[tuple[str, str]]:
    """The stages of a career as the roster gave them: when, and what."""
    return [
        (stage(line.start, line.end), "\n".join((line.text, *line.asides)))
        for line in career_of(details.more.get(CAREER, ""))
    ]


def stage(start: str, end: str) -> str:
    return f"{start} – {end}" if end else _("%(start)s until now") % {"start": start}
