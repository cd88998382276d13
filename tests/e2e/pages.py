"""The main pages, each as somebody who has it: what the accessibility check and the pictures walk.

``via`` are the pages to go through, because the addresses of rows are random; the last one links to
the page itself.
"""

from dataclasses import dataclass
from datetime import date

from e2e.browsing import Visitor

SECRETARY, DEPUTY, HEAD = "demo-secretary", "demo-deputy", "demo-head"
MEMBER, ORGANISER = "demo-member", "demo-organiser"
SUPERVISOR, ASSISTANT = "demo-supervisor", "demo-assistant"
SECURITY, AUDITOR, SYSTEM = "demo-security", "demo-auditor", "demo-system"
TRIED = 15
PERSONAS = (
    SECRETARY, DEPUTY, HEAD, MEMBER, ORGANISER, SUPERVISOR, ASSISTANT, SECURITY, AUDITOR, SYSTEM,
)  # fmt: skip


@dataclass(frozen=True)
class MainPage:
    name: str
    handle: str | None = None
    via: tuple[str, ...] = ()
    query: str = ""
    args: tuple[object, ...] = ()

    def __str__(self) -> str:
        title = self.name.replace(":", "-")
        return f"{title}-{self.handle.removeprefix('demo-')}" if self.handle else title

    def open(self, visitor: Visitor) -> None:
        """Through the pages of an earlier walk of the same visitor, as far as they lead here."""
        way = (*self.via, self.name)
        for known in range(len(self.via), 0, -1):
            path = visitor.ways.get(way[:known])
            if path and reached(visitor, way[:known], way[known:], path):
                return
        visitor.go(way[0], *self.args, query=self.query)
        if not reached(visitor, way[:1], way[1:]):
            raise LookupError(f"{self} is not linked from {' → '.join(self.via)}")


def reached(visitor: Visitor, way: tuple[str, ...], names: tuple[str, ...], to: str = "") -> bool:
    """Go on through pages of these names; not every row has a link to the next one."""
    if to:
        visitor.go(to)
    here = to or visitor.path
    if not names:
        return True
    for path in visitor.links_to(names[0])[:TRIED]:
        if reached(visitor, (*way, names[0]), names[1:], path):
            visitor.ways[way] = here
            return True
    return False


PAGES = (
    MainPage("login:login"),
    MainPage("login:reset"),
    MainPage("login:confirm", MEMBER),
    MainPage("prefs:security", MEMBER),
    MainPage("calendar:page", MEMBER),
    MainPage("mine:page", MEMBER),
    MainPage("prefs:password", MEMBER),
    MainPage("prefs:app", MEMBER),
    MainPage("prefs:passkey", MEMBER),
    *(MainPage("home:home", handle) for handle in PERSONAS),
    MainPage("duties:mine", SECRETARY),
    MainPage("duties:mine", HEAD),
    MainPage("duties:duty", SECRETARY, ("duties:mine",)),
    MainPage("duties:matrix", SECRETARY, ("duties:mine",)),
    MainPage("duties:coverage", ORGANISER, ("duties:mine", "duties:units")),
    MainPage("duties:units", ORGANISER),
    MainPage("duties:list", ORGANISER),
    MainPage("duties:waivers", SECRETARY),
    MainPage("duties:waiver", SECRETARY, ("duties:waivers",)),
    MainPage("duties:delegation", HEAD, ("duties:waivers",)),
    MainPage("duties:delegate", HEAD),
    MainPage("events:register", ORGANISER),
    MainPage("events:event", ORGANISER, ("events:register",)),
    MainPage("events:new", ORGANISER),
    MainPage("plans:list", SECRETARY),
    MainPage("plans:list", MEMBER),
    MainPage("plans:new", ORGANISER),
    MainPage("plans:plan", SECRETARY, ("plans:list",)),
    MainPage("plans:talks", SECRETARY, ("plans:list", "plans:plan")),
    MainPage("plans:person", SECRETARY, ("plans:list", "plans:plan")),
    MainPage("plans:planned", SECRETARY, ("plans:list", "plans:plan", "plans:person")),
    MainPage("rules:packs", ORGANISER),
    MainPage("rules:pack", ORGANISER, ("rules:packs",)),
    MainPage("rules:rule", ORGANISER, ("rules:packs", "rules:pack")),
    MainPage("rules:drafts", ORGANISER),
    MainPage("rules:draft_new", ORGANISER),
    MainPage("rules:draft", ORGANISER, ("rules:drafts",)),
    MainPage("rules:draft_part", ORGANISER, ("rules:drafts", "rules:draft")),
    MainPage("rules:draft_source", ORGANISER, ("rules:drafts", "rules:draft")),
    MainPage("rules:draft_try", ORGANISER, ("rules:drafts", "rules:draft")),
    MainPage("rules:draft", SUPERVISOR, ("rules:drafts",)),
    MainPage("talks:mine", SECRETARY, query="show=all"),
    MainPage("talks:mine", MEMBER, query="show=waiting"),
    MainPage("talks:talk", SECRETARY, ("talks:mine",)),
    MainPage("talks:talk", HEAD, ("talks:mine",)),
    MainPage("talks:new", SECRETARY),
    MainPage("talks:write", SECRETARY, ("talks:mine", "talks:talk")),
    MainPage("talks:record", HEAD, ("talks:mine", "talks:talk")),
    MainPage("sheets:check", SECRETARY, ("home:home",)),
    MainPage("preparing:sheet", SECRETARY, ("talks:mine", "talks:talk")),
    MainPage("preparing:topics", DEPUTY, ("talks:mine", "talks:talk")),
    MainPage("preparing:library", ORGANISER),
    MainPage("preparing:guidance", SECRETARY),
    MainPage("access:conflicts", HEAD),
    MainPage("talks:ask", MEMBER),
    MainPage("reception:all", MEMBER),
    MainPage("reception:leader", MEMBER, ("reception:all",)),
    MainPage("reception:hours", DEPUTY, ("reception:all",)),
    MainPage("reception:day", DEPUTY, ("reception:all", "reception:hours")),
    MainPage("reception:new", DEPUTY),
    MainPage("talks:search", MEMBER),
    MainPage("talks:requests", SECRETARY),
    MainPage("talks:request", SECRETARY, ("talks:requests",)),
    MainPage("talks:late", SECRETARY),
    MainPage("talks:ask-for", ORGANISER),
    MainPage("issues:mine", SECRETARY, query="show=led"),
    MainPage("issues:issue", HEAD, ("issues:mine",)),
    MainPage("issues:figures", ORGANISER),
    MainPage("issues:kinds", ORGANISER),
    MainPage("issues:raise", SECRETARY, ("talks:mine", "talks:talk")),
    MainPage("issues:answer", SECRETARY, ("issues:mine", "issues:issue")),
    MainPage("issues:report", HEAD, ("issues:mine", "issues:issue")),
    MainPage("org:chart", MEMBER),
    MainPage("org:unit", MEMBER, ("org:chart",)),
    MainPage("org:team", SECRETARY, ("org:chart", "org:unit")),
    MainPage("org:person", ORGANISER, ("org:chart", "org:unit")),
    MainPage("org:search", MEMBER, query="q=li"),
    MainPage("roster:start", ORGANISER),
    MainPage("days:now", ORGANISER),
    MainPage("access:overview", HEAD),
    MainPage("access:overview", SUPERVISOR),
    MainPage("access:request", SUPERVISOR, ("access:overview",)),
    MainPage("oversight:signals", SUPERVISOR),
    MainPage("oversight:signal", SUPERVISOR, ("oversight:signals",)),
    MainPage("oversight:signal", HEAD, ("home:home",)),
    MainPage("oversight:samples", SUPERVISOR),
    MainPage("oversight:sample", SUPERVISOR, ("oversight:samples",)),
    MainPage("oversight:call", SUPERVISOR, ("oversight:samples", "oversight:sample")),
    MainPage("oversight:inspections", SUPERVISOR),
    MainPage("oversight:inspection", SECURITY, ("home:home",)),
    MainPage("access:handovers", SUPERVISOR),
    MainPage("access:handover", SUPERVISOR, ("access:handovers",)),
    MainPage("access:overview", ASSISTANT),
    MainPage("access:arrange", ASSISTANT, ("access:overview",)),
    MainPage("access:arranged", ASSISTANT, ("access:overview", "access:arrange")),
    MainPage("access:propose", ASSISTANT, ("access:overview", "access:arrange")),
    MainPage("access:overview", SECURITY),
    MainPage("access:request", SECURITY, ("access:overview",)),
    MainPage("access:roles", SECURITY),
    MainPage("access:recuse_person", SECURITY),
    MainPage("audit:log", AUDITOR),
    MainPage("audit:entry", AUDITOR, ("audit:log",)),
    MainPage("audit:releases", AUDITOR),
    MainPage("audit:checkpoints", AUDITOR),
    MainPage("notices:mine", MEMBER),
    MainPage("notices:overdue", SECRETARY),
    MainPage("notices:operating", SYSTEM),
    MainPage("learning:start", HEAD),
    MainPage("learning:clause", HEAD, ("learning:clauses",)),
    MainPage("learning:course", HEAD),
    MainPage("learning:case", HEAD, ("learning:cases",)),
    MainPage("learning:undertaking", HEAD),
    MainPage("learning:rates", ORGANISER),
    MainPage("days:year", MEMBER, args=(date.today().year + 2,)),
)


def pages_of(handle: str | None) -> list[MainPage]:
    return [page for page in PAGES if page.handle == handle]
