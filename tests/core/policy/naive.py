"""The rules read aloud: try every person with every person on every day, and ask the rule.

Written from what ``derive`` documents and not from how it works; slow on purpose. It knows one
version of each pack, in force throughout.
"""

from datetime import timedelta
from itertools import groupby, product

from tanxin.core.calendar import Offset, deadline_after, deadline_before, periods_in
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, Count, EachPeriod, Holding, Relation

ONE = timedelta(days=1)
LEADS = {"chief": 0, "secretary": 0, "head": 0, "deputy": 1, "deputy_head": 1}


def true_on(fact, day):
    return (fact.start is None or fact.start <= day) and (fact.end is None or day < fact.end)


class Naive:
    """``facts`` maps the argument names of ``Snapshot`` to lists."""

    def __init__(self, facts, packs, horizon, calendar, today, universe):
        self.facts = facts
        self.packs = packs
        self.horizon = horizon
        self.calendar = calendar
        self.today = today
        self.universe = universe
        self.teams = {team.id: team for team in facts["teams"]}
        self.posts = {post.id: post for post in facts["posts"]}

    # --- what a day looks like

    def in_state(self, person, kinds, day):
        return any(
            state.person == person and state.kind in kinds and true_on(state, day)
            for state in self.facts["states"]
        )

    def is_here(self, person, day):
        known = [each for each in self.facts["persons"] if each.id == person]
        return all(true_on(each, day) for each in known) and not self.in_state(
            person, ("left", "dead"), day
        )

    def roles(self, person, holder, place, day, team=None):
        """The roles by which ``person`` is one of those meant at ``place``."""
        facts = self.facts
        if holder.holding is Holding.SEAT:
            return [
                seat.role
                for seat in facts["seats"]
                if seat.person == person and seat.team == place and true_on(seat, day)
                and (not holder.roles or seat.role in holder.roles)
                and (not holder.teams or self.teams[place].kind in holder.teams)
            ]  # fmt: skip
        if holder.holding is Holding.BRANCH:
            return [
                row.role
                for row in facts["members"]
                if row.person == person and row.branch == place and true_on(row, day)
                and (not holder.roles or row.role in holder.roles)
            ]  # fmt: skip
        if holder.holding is Holding.POST:
            return self.levels(person, holder.roles, place, day)
        if holder.holding is Holding.HEAD:
            chiefs = self.chiefs(place, day)
            if chiefs:
                return ["chief"] if person in chiefs else []
            return self.levels(person, ("chief", "head"), place, day)
        raise AssertionError(holder)

    def levels(self, person, levels, unit, day):
        return [
            self.posts[row.post].level
            for row in self.facts["tenures"]
            if row.person == person and self.posts[row.post].unit == unit and true_on(row, day)
            and (not levels or self.posts[row.post].level in levels)
        ]  # fmt: skip

    def chiefs(self, unit, day):
        return {
            seat.person
            for seat in self.facts["seats"]
            if self.teams[seat.team].unit == unit
            and self.teams[seat.team].kind == "leadership"
            and seat.role == "chief"
            and true_on(seat, day)
        }

    def may_count(self, rule, side, person, day):
        exempt = [
            state
            for exemption in rule.exemptions
            if exemption.side in (side, "either")
            for state in exemption.states
        ]
        if side == "subject":
            whom = rule.terms.whom
            if whom.states and not self.in_state(person, whom.states, day):
                return False
            exempt += whom.not_states
        return self.is_here(person, day) and not self.in_state(person, exempt, day)

    def initiates(self, rule, person, place, day, team=None):
        """Return the roles by which ``person`` can be the initiator at ``place``."""
        holder = rule.terms.who.holder
        relation = rule.terms.joined.relation
        elsewhere = relation is not Relation.BRANCH and team and not self.sits(person, team, day)
        if elsewhere or not self.may_count(rule, "initiator", person, day):
            return []
        if relation is Relation.CHARGE:
            if not any(
                row.person == person and row.unit == place and true_on(row, day)
                for row in self.facts["charges"]
            ):
                return []
            if holder.holding is Holding.ANYONE:
                return ["head"]
            teams = self.teams if team is None else [team]
            return [role for each in teams for role in self.roles(person, holder, each, day)]
        if relation is Relation.CONTACT:
            return ["head"] * (person == place and any(self.contacts(rule, place, day)))
        return self.roles(person, holder, place, day)

    def sits(self, person, team, day):
        return any(
            seat.person == person and seat.team == team and true_on(seat, day)
            for seat in self.facts["seats"]
        )

    def contacts(self, rule, place, day):
        for row in self.facts["contacts"]:
            if row.person == place and row.kind in rule.terms.joined.contacts and true_on(row, day):
                yield row.other

    def is_subject(self, rule, person, place, day, about=None):
        if not self.may_count(rule, "subject", person, day):
            return False
        if rule.terms.joined.relation is Relation.CONTACT:
            return person in self.contacts(rule, place, day)
        if rule.terms.whom.holder.holding is Holding.ANYONE:
            return about is not None and person == about.person
        return bool(self.roles(person, rule.terms.whom.holder, place, day))

    # --- places

    def places(self, rule, about):
        relation = rule.terms.joined.relation
        if relation is Relation.TEAM:
            places = list(self.teams)
        elif relation is Relation.BRANCH:
            places = list(dict.fromkeys(row.branch for row in self.facts["members"]))
        elif relation is Relation.CHARGE:
            places = list(dict.fromkeys(row.unit for row in self.facts["charges"]))
        else:
            places = list(dict.fromkeys(row.person for row in self.facts["contacts"]))
        if about is None:
            return places
        return [place for place in places if self.concerns(rule, about, place)]

    def concerns(self, rule, about, place):
        relation = rule.terms.joined.relation
        if about.person is not None:
            if rule.terms.whom.holder.holding is Holding.ANYONE and relation is Relation.BRANCH:
                return place in self.looking_after(about)
            return True
        if relation is Relation.TEAM:
            return place == about.team or (
                about.team is None and self.teams[place].unit == about.unit
            )
        if relation is Relation.BRANCH:
            return place == (self.teams[about.team].unit if about.team else about.unit)
        if relation is Relation.CHARGE:
            return about.team is not None or place == about.unit
        return any(seat.team == about.team and seat.person == place for seat in self.facts["seats"])

    def looking_after(self, about):
        branches = {row.branch for row in self.facts["members"]}
        if about.unit in branches:
            return {about.unit}
        own = {
            row.branch
            for row in self.facts["members"]
            if row.person == about.person and true_on(row, about.on)
        }
        if own:
            return own
        units = {
            self.posts[row.post].unit
            for row in self.facts["tenures"]
            if row.person == about.person and true_on(row, about.on)
        }
        for _ in range(5):
            near = {
                unit.id
                for unit in self.facts["units"]
                if unit.kind == "branch" and (unit.id in units or unit.parent in units)
            }
            if near:
                return near & branches
            units = {
                unit.parent for unit in self.facts["units"] if unit.id in units and unit.parent
            }
        return set()

    # --- windows

    def windows(self, pack, rule):
        time = rule.terms.time
        if isinstance(time, EachPeriod):
            for period in periods_in(time.period, *self.horizon):
                fewest = min(pack.newcomer_days.on(period.start), period.days // 2)
                wanted = time.at_least.on(period.start)
                yield period.code, period.start, period.last_day, fewest, wanted, None, None
            return
        kind = "event" if isinstance(time, BeforeEvent) or time.events else "state"
        for about in self.facts["events"]:
            if about.kind in time.events and self.horizon[0] <= about.on < self.horizon[1]:
                opens, due = self.deadlines(time, about.on)
                yield f"e-{id_bytes(about.id).hex()}", opens, due, 0, 1, about, kind
        kinds = time.states if isinstance(time, AfterEvent) else ()
        for state in self.facts["states"]:
            if state.kind in kinds and state.start:
                if_in = self.horizon[0] <= state.start < self.horizon[1]
                for about in [Became(state)] * if_in:
                    opens, due = self.deadlines(time, about.on)
                    yield f"s-{id_bytes(state.id).hex()}", opens, due, 0, 1, about, "state"

    def deadlines(self, time, on):
        def distance(of):
            return Offset(of.amount.on(on), of.unit)

        if isinstance(time, AfterEvent):
            return on, deadline_after(on, distance(time.within), self.calendar)
        due = deadline_before(on, distance(time.by), self.calendar)
        return min(due, deadline_before(on, distance(time.opening), self.calendar)), due

    def days(self, first, last):
        return [first + ONE * n for n in range((last - first).days + 1)]

    def stretches(self, days, window):
        """Unbroken runs of ``days`` inside the window that still count."""
        _, opens, due, fewest, *_ = window
        runs = []
        for _, run in groupby(enumerate(sorted(days)), lambda p: p[1] - ONE * p[0]):
            stretch = [day for _, day in run]
            first, last = stretch[0], stretch[-1]
            in_time = first == opens or (due - first).days + 1 >= fewest
            if last >= min(self.today, due) and in_time:
                runs.append((first, last))
        return runs

    def rank(self, rule, person, place, day, about):
        """The rank on the day of the stretch around ``day`` that is nearest to today."""
        team = about.team if about else None
        stretch = {day}
        for step in (ONE, -ONE):
            other = day + step
            while self.universe[0] <= other <= self.universe[1] and self.initiates(
                rule, person, place, other, team
            ):
                stretch.add(other)
                other += step
        naming = min(max(self.today, min(stretch)), max(stretch))
        roles = self.initiates(rule, person, place, naming, team)
        return min(LEADS.get(role, 2) for role in roles), id_bytes(person)

    # --- duties

    def duties(self):
        found = set()
        for pack in self.packs:
            for rule in pack.rules:
                if rule.terms:
                    for window in self.windows(pack, rule):
                        found |= self.in_window(pack, rule, window)
        return found

    def in_window(self, pack, rule, window):
        period, about = window[0], window[5]
        best = {}
        for place in self.places(rule, about):
            for option in self.at_place(rule, window, place):
                sides, preference = option[:2]
                if sides not in best or preference < best[sides][1]:
                    best[sides] = option
        duties = set()
        for _, (_, first, *_), initiator, subject, last, talks, shared, place in best.values():
            for ordinal in range(1, talks + 1):
                duties.add(
                    (
                        pack.id,
                        rule.id,
                        period,
                        ordinal,
                        initiator,
                        subject,
                        shared,
                        first,
                        last,
                        place,
                    )
                )
        return duties

    def at_place(self, rule, window, place):
        _, opens, due, _, _, about, _ = window
        team = about.team if about else None
        days = self.days(opens, due)
        persons = self.everybody()
        initiating = {
            person: {day for day in days if self.initiates(rule, person, place, day, team)}
            for person in persons
        }
        only = about.person if about else None
        subjected = {
            person: {day for day in days if self.is_subject(rule, person, place, day, about)}
            for person in persons
            if only in (None, person)
        }
        sides = {Count.PAIR: self.pairs, Count.SUBJECT: self.subjects}
        find = sides.get(rule.terms.count, self.initiators)
        yield from find(rule, window, place, initiating, subjected)

    def subjects(self, rule, window, place, initiating, subjected):
        about, wanted = window[5], window[4]
        for q, mine in subjected.items():
            for first, last in self.stretches(mine, window):
                able = self.meeting(q, first, last, initiating, window)
                ranked = sorted(
                    (*self.rank(rule, p, place, start, about), p)
                    for p, starts in able.items()
                    for start in starts
                )
                for leading in ranked[:1]:
                    preference = (-last.toordinal(), first, -wanted, id_bytes(place), leading[:2])
                    yield (q,), preference, leading[2], q, last, wanted, len(able) > 1, place

    def initiators(self, rule, window, place, initiating, subjected):
        wanted = window[4]
        for p, mine in initiating.items():
            for first, last in self.stretches(mine, window):
                others = self.meeting(p, first, last, subjected, window)
                talks = min(len(others), wanted) if rule.terms.count is Count.PARTNERS else wanted
                if others:
                    preference = (-last.toordinal(), first, -talks, id_bytes(place))
                    yield (p,), preference, p, None, last, talks, False, place

    def meeting(self, person, first, last, others, window):
        """Whose stretches share a day with this one → the first days of those stretches."""
        found = {}
        for other, days in others.items():
            if other != person:
                for begins, ends in self.stretches(days, window):
                    if begins <= last and ends >= first:
                        found.setdefault(other, []).append(begins)
        return found

    def pairs(self, rule, window, place, initiating, subjected):
        about, wanted = window[5], window[4]
        for (p, mine), (q, theirs) in product(initiating.items(), subjected.items()):
            if p == q:
                continue
            mine_runs = self.stretches(mine, window)
            theirs_runs = self.stretches(theirs, window)
            for (a, b), (c, d) in product(mine_runs, theirs_runs):
                first, last = max(a, c), min(b, d)
                if first > last:
                    continue
                rank = self.rank(rule, p, place, a, about)
                preference = (-last.toordinal(), first, -wanted, id_bytes(place), rank)
                sides = frozenset((p, q)) if rule.terms.mutual else (p, q)
                yield sides, preference, p, q, last, wanted, False, place

    def everybody(self):
        return {each.id for each in self.facts["persons"]}


class Became:
    """Coming into a state, told as an event."""

    def __init__(self, state):
        self.id, self.kind, self.on, self.person = state.id, state.kind, state.start, state.person
        self.unit = self.team = None


def talks_that_count(count, wanted, partners):
    """Read aloud: of the talks of one initiator, told by partner, how many count as wanted ones."""
    meant = list(dict.fromkeys(partners)) if count is Count.PARTNERS else partners
    return len(meant[:wanted])
