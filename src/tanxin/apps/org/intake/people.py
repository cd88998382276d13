"""People: matched by ID number, staff number, or a name that is clear; added or corrected."""

import json
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID, uuid4

from tanxin.apps.org import codes
from tanxin.apps.org.intake.difference import Doubt, Group, Person, Step
from tanxin.apps.org.intake.held import Held, HeldPerson, hold_numbers, hold_person
from tanxin.apps.org.intake.places import Places
from tanxin.apps.org.roster import PersonRow, Where
from tanxin.apps.org.services.people import PersonDetails

GONE = frozenset({"left", "dead"})
MORE = ("ethnicity", "origin", "education", "party_post", "note")
COLUMNS = (
    "name", "number", "phone", "id_number", "mail", "gender", "birth", "politics",
    "joined_party", "started_work",
)  # fmt: skip


@dataclass
class People:
    held: Held
    places: Places
    steps: list[Step] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)

    def find(self, name: str, number: str, where: Where) -> UUID | None:
        """Somebody named in another row; a doubt is noted where nobody or several would fit."""
        if number and number in self.held.by_number:
            return self.held.by_number[number]
        found = self.held.by_name.get(name, [])
        present = [person for person in found if self.held.people[person].left_on is None]
        if len(present) == 1:
            return present[0]
        self.doubts.append(Doubt(where, "several-of-name" if present else "nobody-of-name", name))
        return None

    def find_unit(self, name: str, where: Where) -> UUID | None:
        """The unit another row names; a doubt is noted where it is not there."""
        unit_id = self.places.find(name) if name else None
        if name and unit_id is None:
            code = "unit-left-out" if self.places.lacks(name) else "no-such-unit"
            self.doubts.append(Doubt(where, code, name))
        return unit_id

    def match(self, row: PersonRow) -> UUID | None:
        if row.id_number and row.id_number in self.held.by_id_number:
            return self.held.by_id_number[row.id_number]
        if row.number and row.number in self.held.by_number:
            return self.held.by_number[row.number]
        alike = [person for person in self.held.by_name.get(row.name, []) if self.fits(person, row)]
        if len(alike) > 1:
            alike = [person for person in alike if self.works_in(person, row)] or alike
        if len(alike) > 1:
            self.doubts.append(Doubt(row.where, "several-of-name", row.name))
        return alike[0] if alike else None

    def fits(self, person_id: UUID, row: PersonRow) -> bool:
        """A namesake whose numbers or birth differ is somebody else."""
        known = self.held.people[person_id].details
        pairs = (
            (known.id_number, row.id_number), (known.number, row.number), (known.birth, row.birth),
        )  # fmt: skip
        return all(not ours or not theirs or ours == theirs for ours, theirs in pairs)

    def works_in(self, person_id: UUID, row: PersonRow) -> bool:
        unit = self.places.find(row.department or row.unit, row.unit)
        tenures = self.held.tenures.get(person_id, [])
        return any(self.held.posts[tenure.post_id].unit_id == unit for tenure in tenures)

    def spare(self, row: PersonRow) -> bool:
        """A row that is left out still says who is here; False where it names nobody."""
        numbered = (
            self.held.by_id_number.get(row.id_number), self.held.by_number.get(row.number)
        )  # fmt: skip
        self.named.update(filter(None, (*numbered, *self.held.by_name.get(row.name, []))))
        return bool(row.name or any(numbered))

    def take(self, row: PersonRow) -> UUID | None:
        """The person of the row, added or corrected; None where it cannot be said who that is."""
        doubts = len(self.doubts)
        person_id = self.match(row)
        if len(self.doubts) > doubts:
            self.spare(row)
            return None
        if person_id is None:
            person_id = self.add(row)
        else:
            self.bring_back(person_id, row)
            self.correct(person_id, row)
        self.named.add(person_id)
        return person_id

    def add(self, row: PersonRow) -> UUID:
        person = HeldPerson(uuid4(), details_of(row), None)
        hold_person(self.held, person)
        added = Person(person.id, person.details, is_new=True)
        self.steps.append(Step(Group.JOINED, row.name, after=place_words(row), person=added))
        return person.id

    def bring_back(self, person_id: UUID, row: PersonRow) -> None:
        """Somebody who had left stands in the roster again, and not as one who left."""
        person = self.held.people[person_id]
        if person.left_on is None or person.left_on > self.held.on or GONE & {*row.states}:
            return
        person.left_on = None
        before = codes.table("state").word("left")
        step = Step(Group.JOINED, row.name, before, place_words(row), leaves=((person_id, None),))
        self.steps.append(step)

    def correct(self, person_id: UUID, row: PersonRow) -> None:
        known = self.held.people[person_id]
        merged = merge(known.details, details_of(row))
        changed = [
            name for name in COLUMNS if getattr(merged, name) != getattr(known.details, name)
        ]
        changed += sorted(
            name for name in merged.more if merged.more[name] != known.details.more.get(name)
        )
        if not changed:
            return
        if self.belongs_to_another(person_id, merged):
            self.doubts.append(Doubt(row.where, "number-of-another", row.name))
            return
        known.details = merged
        hold_numbers(self.held, known)
        step = Step(
            Group.CORRECTED,
            merged.name,
            after="、".join(changed),
            person=Person(person_id, merged, is_new=False),
        )
        self.steps.append(step)

    def belongs_to_another(self, person_id: UUID, said: PersonDetails) -> bool:
        bearers = (
            self.held.by_number.get(said.number), self.held.by_id_number.get(said.id_number)
        )  # fmt: skip
        return any(bearer not in {None, person_id} for bearer in bearers)


def role_word(party_post: str) -> str:
    return codes.table("branch_role").word(codes.branch_role(party_post))


def place_words(row: PersonRow) -> str:
    return " ".join(filter(None, (row.department or row.unit, row.post)))


def details_of(row: PersonRow) -> PersonDetails:
    more = {name: text for name in MORE if (text := getattr(row, name))}
    if row.party_post and row.party_post == codes.table("branch_role").word(
        codes.branch_role(row.party_post)
    ):
        more.pop("party_post", None)  # the branch's own row says it
    if row.career:
        more["career"] = json.dumps([asdict(line) for line in row.career], ensure_ascii=False)
    return PersonDetails(more=more, **{name: getattr(row, name) for name in COLUMNS})


def merge(known: PersonDetails, said: PersonDetails) -> PersonDetails:
    """An empty cell says nothing; it does not wipe out what is known."""
    given = {name: value for name in COLUMNS if (value := getattr(said, name))}
    return replace(known, more={**known.more, **said.more}, **given)
