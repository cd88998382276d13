"""The rules read aloud: try every person with every person on every day, and ask the rule.

Written from what ``derive`` documents and not from how it works; slow on purpose. It knows one
version of each pack, in force throughout.
"""

from datetime import timedelta
from hashlib import blake2b
from itertools import groupby, product
from math import ceil

from tanxin.core.calendar import (
    CustomPeriod,
    Offset,
    deadline_after,
    deadline_before,
    festivals,
    periods_in,
)
from tanxin.core.policy.absence import long_absences
from tanxin.core.policy.facts import DateFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Count,
    EachPeriod,
    Holder,
    Holding,
    Relation,
    Trait,
    YearlyDate,
)

OVER_UNITS = (
    Relation.UNIT,
    Relation.BELOW,
    Relation.ABOVE,
    Relation.AUTHORITY,
    Relation.RECEPTION,
)
ONE = timedelta(days=1)
FACTS = (
    "persons", "units", "posts", "tenures", "teams", "seats", "charges", "members", "contacts",
    "states", "events", "traits", "dates", "talks", "lapses", "authorities",
    "delegates",
)  # fmt: skip
LEADS = {"chief": 0, "secretary": 0, "head": 0, "deputy": 1, "deputy_head": 1}


def true_on(fact, day):
    return (fact.start is None or fact.start <= day) and (fact.end is None or day < fact.end)


class Naive:
    """``facts`` maps the argument names of ``Snapshot`` to lists."""

    def __init__(self, facts, packs, horizon, calendar, today, universe):
        self.facts = {name: facts.get(name, []) for name in FACTS}
        told = self.facts["states"]
        self.facts["states"] = [*told, *long_absences(told)]
        self.packs = packs
        self.horizon = horizon
        self.calendar = calendar
        self.today = today
        self.universe = universe
        self.teams = {team.id: team for team in facts["teams"]}
        self.posts = {post.id: post for post in facts["posts"]}
        self.answered = None

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

    def roles(self, person, holder, place, day):
        """The roles by which ``person`` is one of those meant at a team, branch or unit."""
        facts = self.facts
        if holder.holding is Holding.ANY:
            return [role for part in holder.parts for role in self.roles(person, part, place, day)]
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

    def roles_at_unit(self, person, holder, unit, day):
        """As ``roles``, where teams are looked at through their unit."""
        if holder.holding is Holding.ANY:
            return [r for each in holder.parts for r in self.roles_at_unit(person, each, unit, day)]
        if holder.holding is Holding.ANYONE:
            everything = (Holder(Holding.POST), Holder(Holding.SEAT), Holder(Holding.BRANCH))
            return [r for each in everything for r in self.roles_at_unit(person, each, unit, day)]
        if holder.holding is Holding.SEAT:
            teams = [team for team in self.teams if self.teams[team].unit == unit]
            return [role for team in teams for role in self.roles(person, holder, team, day)]
        return self.roles(person, holder, unit, day)

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
        meant = rule.terms.whom if side == "subject" else rule.terms.who
        if not self.is_narrowed_to(meant, person, day):
            return False
        exempt += meant.not_states
        return self.is_here(person, day) and not self.in_state(person, exempt, day)

    def is_narrowed_to(self, meant, person, day):
        if meant.states and not self.in_state(person, meant.states, day):
            return False
        if not all(self.has_trait(trait, person, day) for trait in meant.traits):
            return False
        if not all(self.is_so_old(years, person, day) for years in meant.years):
            return False
        if meant.also and not self.holds_anywhere(meant.also, person, day):
            return False
        since = self.answered or day
        if meant.talked and not self.was_talked_with(meant.talked, person, since):
            return False
        return not (meant.not_talked and self.was_talked_with(meant.not_talked, person, since))

    def holds_anywhere(self, holder, person, day):
        places = [*self.teams, *self.units()]
        return any(self.roles(person, holder, place, day) for place in places)

    def has_trait(self, trait, person, day):
        return any(
            fact.person == person and fact.kind == trait.kind and fact.value in trait.values
            and true_on(fact, day)
            for fact in self.facts["traits"]
        )  # fmt: skip

    def is_so_old(self, years, person, day):
        for fact in self.personal_dates(years.since):
            if fact.person == person and (fact.end is None or day < fact.end):
                passed = day.year - fact.on.year - (day < this_year(fact.on, day.year))
                if passed >= years.at_least and (years.below is None or passed < years.below):
                    return True
        return False

    def personal_dates(self, kind):
        dates = [fact for fact in self.facts["dates"] if fact.kind == kind]
        if kind == "post":
            tenures = [row for row in self.facts["tenures"] if row.start]
            dates += [DateFact(row.person, kind, row.start, row.end) for row in tenures]
        return dates

    def was_talked_with(self, talked, person, day):
        return any(
            talk.subject == person and {talk.kind, talk.type} & set(talked.kinds)
            and talk.on < day <= self.later(talk.on, talked.within, talk.on)
            for talk in self.facts["talks"]
        )  # fmt: skip

    def later(self, day, distance, on):
        return deadline_after(day, Offset(distance.amount.on(on), distance.unit), self.calendar)

    def earlier(self, day, distance, on):
        return deadline_before(day, Offset(distance.amount.on(on), distance.unit), self.calendar)

    # --- the tree

    def parents(self, unit, day):
        return {
            spell.parent
            for spell in self.facts["units"]
            if spell.id == unit and spell.parent and true_on(spell, day)
        }

    def steps_up(self, unit, day, depth):
        """Units above on the day: ``depth`` steps, or any number of them."""
        found, here = set(), {unit}
        for step in range(1, (depth or 6) + 1):
            here = {up for each in here for up in self.parents(each, day)}
            if depth in (0, step):
                found |= here
        return found

    def is_under(self, unit, top, day):
        return unit == top or top in self.steps_up(unit, day, 0)

    # --- sides

    def stands(self, rule, side, person, place, day):
        """The roles by which ``person`` stands on a side of a relation over units."""
        relation, depth = rule.terms.joined.relation, rule.terms.joined.depth
        holder = rule.terms.who.holder if side == "initiator" else rule.terms.whom.holder
        if relation is Relation.AUTHORITY and side == "subject":
            return self.managed(person, holder, place, day)
        if relation in (Relation.UNIT, Relation.AUTHORITY, Relation.RECEPTION):
            return self.roles_at_unit(person, holder, place, day)
        upper = "initiator" if relation is Relation.BELOW else "subject"
        at_place = "subject" if place_is_lower(rule) is (upper == "initiator") else "initiator"
        if side == at_place:
            return self.roles_at_unit(person, holder, place, day)
        roles = []
        for unit in self.units():
            low, high = (place, unit) if side == upper else (unit, place)
            if high in self.steps_up(low, day, depth):
                roles += self.roles_at_unit(person, holder, unit, day)
        return roles

    def units(self):
        return list(dict.fromkeys(unit.id for unit in self.facts["units"]))

    def managed(self, person, holder, place, day):
        roles = []
        for fact in self.facts["authorities"]:
            if fact.unit == place and true_on(fact, day):
                fits = not fact.rank or self.has_trait(Trait("rank", (fact.rank,)), person, day)
                for unit in self.units() if fits else ():
                    if self.is_under(unit, fact.over, day):
                        roles += self.roles_at_unit(person, holder, unit, day)
        return roles

    def initiates(self, rule, person, place, day, team=None):
        """Return the roles by which ``person`` can be the initiator at ``place``."""
        holder = rule.terms.who.holder
        relation = rule.terms.joined.relation
        bound = team if relation not in (Relation.BRANCH, Relation.TEAM) else None
        elsewhere = bound and not self.sits(person, team, day)
        if elsewhere or not self.may_count(rule, "initiator", person, day):
            return []
        if relation is Relation.CHARGE:
            return self.in_charge(holder, person, place, day, team)
        if relation is Relation.CONTACT:
            return ["head"] * self.keeps_contact(rule, person, place, day)
        if relation in OVER_UNITS:
            return self.stands(rule, "initiator", person, place, day)
        return self.roles(person, holder, place, day)

    def in_charge(self, holder, person, place, day, team):
        if not any(
            row.person == person and row.unit == place and true_on(row, day)
            for row in self.facts["charges"]
        ):
            return []
        if holder.holding is Holding.ANYONE:
            return ["head"]
        teams = self.teams if team is None else [team]
        return [role for each in teams for role in self.roles(person, holder, each, day)]

    def keeps_contact(self, rule, person, place, day):
        if rule.terms.count is Count.SUBJECT:
            return self.keeps(rule, person, place, day)
        others = self.everybody()
        return person == place and any(self.keeps(rule, person, each, day) for each in others)

    def sits(self, person, team, day):
        return any(
            seat.person == person and seat.team == team and true_on(seat, day)
            for seat in self.facts["seats"]
        )

    def keeps(self, rule, person, other, day):
        """Whether ``person`` keeps contact with ``other``, or with a unit where he is meant."""
        for row in self.facts["contacts"]:
            kinds = rule.terms.joined.contacts
            if row.person != person or not true_on(row, day) or (kinds and row.kind not in kinds):
                continue
            if row.other == other:
                return True
            if row.unit and self.roles_at_unit(other, rule.terms.whom.holder, row.unit, day):
                return True
        return False

    def is_subject(self, rule, person, place, day, about=None):
        relation, holder = rule.terms.joined.relation, rule.terms.whom.holder
        if not self.may_count(rule, "subject", person, day):
            return False
        if relation is Relation.CONTACT:
            there = not self.is_of_a_unit(about) or self.stands_that_day(rule, person, about)
            return there and self.is_kept(rule, person, place, day)
        comer = relation is Relation.RECEPTION or holder.holding is Holding.ANYONE
        if comer and relation not in OVER_UNITS[:-1]:
            return about is not None and person == about.person
        if relation in OVER_UNITS:
            return bool(self.stands(rule, "subject", person, place, day))
        return bool(self.roles(person, holder, place, day))

    def is_of_a_unit(self, about):
        return about is not None and about.person is None and about.team is None and about.unit

    def stands_that_day(self, rule, person, about):
        units = self.units_of(about, rule)
        held = [(row, self.posts[row.post].unit) for row in self.facts["tenures"]]
        held += [(row, self.teams[row.team].unit) for row in self.facts["seats"]]
        held += [(row, row.branch) for row in self.facts["members"]]
        return any(
            row.person == person and unit in units and true_on(row, about.on) for row, unit in held
        )

    def is_kept(self, rule, person, place, day):
        if rule.terms.count is not Count.SUBJECT:
            return self.keeps(rule, place, person, day)
        takers = self.everybody()
        return person == place and any(self.keeps(rule, each, person, day) for each in takers)

    # --- places

    def places(self, rule, about):
        relation = rule.terms.joined.relation
        if relation is Relation.TEAM:
            places = list(self.teams)
        elif relation is Relation.BRANCH:
            places = list(dict.fromkeys(row.branch for row in self.facts["members"]))
        elif relation is Relation.CHARGE:
            places = list(dict.fromkeys(row.unit for row in self.facts["charges"]))
        elif relation is Relation.AUTHORITY:
            places = list(dict.fromkeys(row.unit for row in self.facts["authorities"]))
        elif relation in OVER_UNITS:
            places = self.units()
        elif rule.terms.count is Count.SUBJECT:
            places = list(self.everybody())
        else:
            places = list(dict.fromkeys(row.person for row in self.facts["contacts"]))
        if about is None:
            return places
        return [place for place in places if self.concerns(rule, about, place)]

    def concerns(self, rule, about, place):
        relation = rule.terms.joined.relation
        if about.person is not None:
            if rule.terms.whom.holder.holding is Holding.ANYONE and relation is Relation.BRANCH:
                return place in self.looking_after(about, rule)
            return relation is not Relation.RECEPTION or place in self.receiving(about, rule)
        if relation is Relation.RECEPTION:
            return False
        everywhere = about.unit is None and about.team is None
        return everywhere or self.is_there(rule, about, place)

    def is_there(self, rule, about, place):
        """Whether an event of a unit or a team is one of the place."""
        relation, units = rule.terms.joined.relation, self.units_of(about, rule)
        if relation is Relation.TEAM:
            unit = self.teams[place].unit
            own = about.team is None or place == about.team
            return unit in units and (own or unit != self.teams[about.team].unit)
        if relation is Relation.CHARGE:
            return about.team is not None or place in units
        if relation is Relation.CONTACT:
            if about.team is None:
                return True
            seats = [seat for seat in self.facts["seats"] if seat.team == about.team]
            if rule.terms.count is Count.SUBJECT:
                return bool(seats)
            return any(seat.person == place for seat in seats)
        return place in units

    def units_of(self, about, rule):
        unit = self.teams[about.team].unit if about.team else about.unit
        if not getattr(rule.terms.time, "below", False):
            return {unit}
        # A unit that ever stood below is reached; whether it does is asked day by day.
        return {
            each
            for each in self.units()
            for day in self.every_day()
            if self.is_under(each, unit, day)
        }

    def every_day(self):
        return self.days(*self.universe)[:: 1 if self.moves() else 1000]

    def moves(self):
        return any(unit.start or unit.end for unit in self.facts["units"])

    def receiving(self, about, rule):
        units = self.units_of(about, rule) if about.unit or about.team else None
        if units is not None:
            return units
        units = {
            self.posts[row.post].unit
            for row in self.facts["tenures"]
            if row.person == about.person and true_on(row, about.on)
        } | {
            row.branch
            for row in self.facts["members"]
            if row.person == about.person and true_on(row, about.on)
        }
        holder = rule.terms.who.holder
        for _ in range(6):
            manned = {
                unit
                for unit in units
                if any(self.roles_at_unit(p, holder, unit, about.on) for p in self.everybody())
            }
            if manned:
                return manned
            units = {up for unit in units for up in self.parents(unit, about.on)}
        return set()

    def looking_after(self, about, rule):
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
        for _ in range(6):
            near = {
                unit.id
                for unit in self.facts["units"]
                if unit.kind == "branch" and true_on(unit, about.on)
                and (unit.id in units or unit.parent in units)
            }  # fmt: skip
            if near:
                return near & branches
            units = {up for unit in units for up in self.parents(unit, about.on)}
        return set()

    # --- windows

    def windows(self, pack, rule):
        time = rule.terms.time
        if isinstance(time, EachPeriod):
            terms = [CustomPeriod(each.code, "", each.start, each.last) for each in time.own]
            for period in periods_in(time.period, *self.horizon, terms):
                if self.is_asked_for(time.only, period):
                    fewest = min(pack.newcomer_days.on(period.start), period.days // 2)
                    wanted = time.at_least.on(period.start)
                    yield period.code, period.start, period.last_day, fewest, wanted, None, None
            return
        for code, about, kind in self.happenings(time):
            if self.horizon[0] <= about.on < self.horizon[1]:
                opens, due = self.deadlines(time, about.on)
                yield code, opens, due, 0, time.at_least.on(about.on), about, kind

    def is_asked_for(self, only, period):
        number = number_in_year(period)
        if only.during:
            middle = period.start + ONE * ((period.days - 1) // 2)
            covering = [each.start for each in only.during if each.start <= middle <= each.last]
            if not covering:
                return False
            number = number_since(period, max(covering))
        if only.numbers:
            return number in only.numbers
        return only.parity is None or only.parity == ("odd" if number % 2 else "even")

    def happenings(self, time):
        """What the rule answers to: its code, what it is about, and of what sort it is."""

        def asked(name):
            return getattr(time, name, ())

        yield from self.of_events(asked("events"))
        yield from self.of_states("s", asked("states"), "start")
        yield from self.of_states("x", asked("ended"), "end")
        yield from self.of_history(set(asked("talks")), set(asked("lapsed")))
        for year in (2025, 2026, 2027):
            yield from self.in_year(year, asked)

    def of_events(self, kinds):
        for event in self.facts["events"]:
            if event.kind in kinds:
                yield f"e-{id_bytes(event.id).hex()}", event, "event"

    def of_states(self, letter, kinds, side):
        for state in self.facts["states"]:
            if state.kind in kinds and getattr(state, side):
                about = About(state.kind, getattr(state, side), state.person)
                yield f"{letter}-{id_bytes(state.id).hex()}", about, "state"

    def of_history(self, talks, lapsed):
        for talk in self.facts["talks"]:
            if {talk.kind, talk.type} & talks:
                yield f"t-{id_bytes(talk.id).hex()}", About("talk", talk.on, talk.subject), None
        for lapse in self.facts["lapses"]:
            if {lapse.rule, "any"} & lapsed:
                yield f"l-{id_bytes(lapse.id).hex()}", About("lapse", lapse.on, lapse.person), None

    def in_year(self, year, asked):
        for node in festivals(year):
            if node.code in asked("nodes"):
                yield f"n{year}-{node.code}", About(node.code, node.on, None), None
        for kind in asked("dates"):
            for fact in self.personal_dates(kind):
                on, number = this_year(fact.on, year), year - fact.on.year
                held = fact.end is None or on < fact.end
                if number > 0 and number % asked("every") == 0 and held:
                    yield f"y{year}-{kind}", About(kind, on, fact.person), None

    def deadlines(self, time, on):
        if isinstance(time, BeforeEvent):
            due = self.earlier(on, time.by, on)
            return min(due, self.earlier(on, time.opening, on)), due
        due = self.later(on, time.within, on)
        if isinstance(time, YearlyDate):
            return self.earlier(on, time.opening, on), due
        opens = on if time.opening is None else min(due, self.later(on, time.opening, on))
        return opens, due

    def at_the_place(self, rule, window, place):
        """A meeting at the place makes the talks of a period due before it."""
        time = rule.terms.time
        code, opens, due, fewest, wanted, about, kind = window
        if not getattr(time, "before", ()):
            return window
        meetings = [
            event.on
            for event in self.facts["events"]
            if event.kind in time.before and event.person is None
            and self.concerns(rule, event, place) and opens <= event.on <= due
        ]  # fmt: skip
        if meetings:
            due = max(opens, self.earlier(min(meetings), time.by, min(meetings)))
        return code, opens, due, fewest, wanted, about, kind

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
        # What a rule answers to is looked at from its own day, a period day by day.
        self.answered = about.on if isinstance(rule.terms.time, AfterEvent) else None
        best = {}
        for place in self.places(rule, about):
            for option in self.at_place(rule, window, place):
                sides, preference = option[:2]
                if sides not in best or preference < best[sides][1]:
                    best[sides] = option
        duties = set()
        for _, (_, first, *_), initiator, subject, last, talks, several, place in best.values():
            shared = several or self.is_delegated(rule, initiator, first, last)
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

    def is_delegated(self, rule, person, first, last):
        return rule.terms.delegable and any(
            fact.person == person and fact.rule in ("", rule.id)
            and any(true_on(fact, day) for day in self.days(first, last))
            for fact in self.facts["delegates"]
        )  # fmt: skip

    def at_place(self, rule, window, place):
        window = self.at_the_place(rule, window, place)
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
        if rule.terms.sample:
            subjected = self.sampled(rule, window, subjected)
        sides = {Count.PAIR: self.pairs, Count.SUBJECT: self.subjects}
        find = sides.get(rule.terms.count, self.initiators)
        yield from find(rule, window, place, initiating, subjected)

    def sampled(self, rule, window, subjected):
        """Of those there on the first day so many, by lot, of those who have not rested enough."""
        code, opens, due, *_ = window
        sample = rule.terms.sample
        base = [person for person, days in subjected.items() if opens in days]
        number = sample.amount.on(opens)
        wanted = ceil(len(base) * number / 100) if sample.percent else number
        name = f"{self.packs[0].id}/{rule.id}"
        floor = min(self.today, due)
        able = [
            person
            for person in base
            if any(floor <= day for day in subjected[person])
            and not (sample.rest and self.has_had_one(person, name, sample.rest, opens))
        ]
        lots = {
            person: blake2b(
                f"{name}\0{code}\0".encode() + id_bytes(person), digest_size=16
            ).digest()
            for person in able
        }
        return {person: subjected[person] for person in sorted(able, key=lots.get)[:wanted]}

    def has_had_one(self, person, name, rest, opens):
        return any(
            talk.subject == person and talk.rule == name
            and self.earlier(opens, rest, opens) <= talk.on < opens
            for talk in self.facts["talks"]
        )  # fmt: skip

    def owed(self, rule, window, person, subjected):
        """How many talks; where it is a share, one of the others who were there on the first day."""
        if not getattr(rule.terms.time, "percent", False):
            return window[4]
        base = [other for other, days in subjected.items() if window[1] in days]
        return ceil(len(set(base) - {person}) * window[4] / 100)

    def part(self, rule, window, talks, first, last):
        if not rule.terms.pro_rata:
            return talks
        whole = (window[2] - window[1]).days + 1
        return ceil(talks * ((last - first).days + 1) / whole)

    def subjects(self, rule, window, place, initiating, subjected):
        about = window[5]
        for q, mine in subjected.items():
            for first, last in self.stretches(mine, window):
                talks = self.part(rule, window, window[4], first, last)
                able = self.meeting(q, first, last, initiating, window)
                ranked = sorted(
                    (*self.rank(rule, p, place, start, about), p)
                    for p, starts in able.items()
                    for start in starts
                )
                if rule.terms.share == "spread":
                    lot = id_bytes(q)
                    ranked.sort(key=lambda one: blake2b(lot + one[1], digest_size=16).digest())
                for leading in ranked[:1]:
                    preference = (-last.toordinal(), first, -talks, id_bytes(place), leading[:2])
                    yield (q,), preference, leading[2], q, last, talks, len(able) > 1, place

    def initiators(self, rule, window, place, initiating, subjected):
        for p, mine in initiating.items():
            wanted = self.owed(rule, window, p, subjected)
            for first, last in self.stretches(mine, window):
                others = self.meeting(p, first, last, subjected, window)
                talks = min(len(others), wanted) if rule.terms.count is Count.PARTNERS else wanted
                talks = self.part(rule, window, talks, first, last)
                if others and talks:
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
                talks = self.part(rule, window, wanted, first, last)
                rank = self.rank(rule, p, place, a, about)
                preference = (-last.toordinal(), first, -talks, id_bytes(place), rank)
                sides = frozenset((p, q)) if rule.terms.mutual else (p, q)
                yield sides, preference, p, q, last, talks, False, place

    def everybody(self):
        return {each.id for each in self.facts["persons"]}


class About:
    """Something that is no event, told as one about a person, or about nobody."""

    def __init__(self, kind, on, person):
        self.kind, self.on, self.person = kind, on, person
        self.unit = self.team = None


def place_is_lower(rule):
    """The place of a relation over the tree is the unit of the side that is counted."""
    upper_is_counted = {
        Relation.BELOW: (Count.INITIATOR, Count.PARTNERS),
        Relation.ABOVE: (Count.SUBJECT,),
    }[rule.terms.joined.relation]
    return rule.terms.count not in upper_is_counted


def this_year(day, year):
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (day.month, day.day) == (2, 29) and not leap:
        return day.replace(year=year, day=28)
    return day.replace(year=year)


def number_in_year(period):
    if period.kind == "week":
        return period.start.isocalendar().week
    return (period.start.month - 1) // {"month": 1, "quarter": 3}.get(period.kind, 12) + 1


def number_since(period, start):
    """Weeks are counted from the Monday of the first one, months from the first one."""
    if period.kind == "week":
        return (period.start - (start - ONE * start.weekday())).days // 7 + 1
    return (period.start.year - start.year) * 12 + period.start.month - start.month + 1


def talks_that_count(count, wanted, partners):
    """Read aloud: of the talks of one initiator, told by partner, how many count as wanted ones."""
    meant = list(dict.fromkeys(partners)) if count is Count.PARTNERS else partners
    return len(meant[:wanted])
