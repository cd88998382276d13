"""Going through the motions, of every sort and as people do it: retouched, and not always."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tanxin.core.oversight.facts import Sign, TalkFact
from tanxin.demo.trial.making import BEGINS, Trial, measured
from tanxin.demo.trial.words import HOLLOW, record, retouched, some, text_of

EACH = 12
TOUCHES = (0.0, 0.1, 0.2, 0.35)


def copies(trial: Trial, leader: UUID) -> None:
    text = record(trial.chance)
    for touch in TOUCHES:
        trial.add(leader, retouched(trial.chance, text, touch))


def last_year(trial: Trial, leader: UUID) -> None:
    """The text of a year ago with a new date."""
    text = record(trial.chance)
    first = trial.add(leader, text, trial.moment(0, 60))
    again = trial.moment(290, 340)
    trial.add(leader, retouched(trial.chance, text, 0.1), again, subject=first.subject)


def across(trial: Trial, leader: UUID) -> None:
    """A colleague's text, passed on."""
    other = trial.person()
    trial.honest(other, 4)
    text = record(trial.chance)
    trial.add(other, text)
    trial.add(leader, retouched(trial.chance, text, 0.15))
    trial.plant(Sign.ACROSS, [other])


def permuted(trial: Trial, leader: UUID) -> None:
    text = some(trial.chance, 7, 9)
    trial.add(leader, text)
    for step in (2, 3):
        moved = [*text[step::2], *text[:step], *text[step + 1 :: 2]]
        trial.add(leader, retouched(trial.chance, moved, 0.05))


def stock(trial: Trial, leader: UUID) -> None:
    for at in range(4):
        hollow = [*HOLLOW[at:], *HOLLOW[:at]][:4]
        trial.add(leader, hollow)


def template(trial: Trial, leader: UUID) -> None:
    """One with a gap, one with another's name, one with another day."""
    residue = ("与XX同志谈话", "与单可同志进行了谈心谈话", "2024年3月1日下午在办公室谈话")
    for line in residue:
        talk = trial.add(leader, record(trial.chance))
        text = text_of([line, *record(trial.chance)])
        trial.change(talk, text=measured(text, talk.held.date(), ["单可"]))


def overlap(trial: Trial, leader: UUID) -> None:
    talk = trial.add(leader, record(trial.chance))
    later = talk.held + timedelta(minutes=trial.chance.choice((0, 10, 15)))
    trial.add(leader, record(trial.chance), later)


def absent(trial: Trial, leader: UUID) -> None:
    talk = trial.add(leader, record(trial.chance))
    day = talk.held.date()
    trial.away[leader] = ((day - timedelta(days=3), day + timedelta(days=4)),)


def burst(trial: Trial, leader: UUID) -> None:
    """Months of talks written down in one evening."""
    evening = trial.moment(200, 330).replace(hour=19)
    for at in range(8):
        held = trial.moment(60, 190)
        trial.add(leader, record(trial.chance), held, evening + timedelta(minutes=6 * at))


def rush(trial: Trial, leader: UUID) -> None:
    """Most of a half-year in its last week; the honest talks lie in the half-year before."""
    end = date(BEGINS.year, 12, 31)
    for at in range(9):
        held = datetime.combine(end - timedelta(days=at % 5), time(9 + at))
        trial.add(leader, record(trial.chance), held)


def late(trial: Trial, leader: UUID) -> None:
    for _ in range(6):
        held = trial.moment(200, 300)
        entered = held + timedelta(days=trial.chance.randrange(8, 40))
        talk = trial.add(leader, record(trial.chance), held, entered)
        trial.change(talk, late=True)


def same_issue(trial: Trial, leader: UUID) -> None:
    for talk in of(trial, leader)[:8] or trial.honest(leader, 8, raising=99):
        trial.raise_issue(talk, "condition")


def no_issue(trial: Trial, leader: UUID) -> None:
    for _ in range(12):
        trial.add(leader, record(trial.chance))


def same_day(trial: Trial, leader: UUID) -> None:
    for talk in trial.honest(leader, 5, raising=99):
        raised = (talk.entered or talk.held).replace(hour=10)
        moments = {
            name: raised + timedelta(minutes=20 * at)
            for at, name in enumerate(("raised", "reported", "verified", "answered"))
        }
        trial.raise_issue(talk, moments=moments)


def at_once(trial: Trial, leader: UUID) -> None:
    for talk in trial.honest(leader, 5, raising=99):
        reported = (talk.entered or talk.held) + timedelta(days=20)
        verified = reported + timedelta(seconds=trial.chance.randrange(4, 40))
        trial.raise_issue(talk, moments={"reported": reported, "verified": verified})


def unconfirmed(trial: Trial, leader: UUID) -> None:
    for _ in range(7):
        talk = trial.add(leader, record(trial.chance), trial.moment(10, 160))
        trial.change(talk, confirmed=None, lapsed=True)


def of(trial: Trial, leader: UUID) -> list[TalkFact]:
    return [talk for talk in trial.talks if talk.initiator == leader]


# Those who are given honest talks as well, of which the planted ones are a part.
BESIDE_HONEST: dict[Sign, Callable[[Trial, UUID], None]] = {
    Sign.COPY: copies,
    Sign.LAST_YEAR: last_year,
    Sign.ACROSS: across,
    Sign.PERMUTED: permuted,
    Sign.STOCK: stock,
    Sign.TEMPLATE: template,
    Sign.OVERLAP: overlap,
    Sign.ABSENT: absent,
    Sign.BURST: burst,
}
ALONE: dict[Sign, Callable[[Trial, UUID], None]] = {
    Sign.RUSH: rush,
    Sign.LATE: late,
    Sign.SAME_ISSUE: same_issue,
    Sign.NO_ISSUE: no_issue,
    Sign.SAME_DAY: same_day,
    Sign.AT_ONCE: at_once,
    Sign.UNCONFIRMED: unconfirmed,
}


def plant_all(trial: Trial) -> None:
    for sign, plant in (BESIDE_HONEST | ALONE).items():
        leaders = [trial.person() for _ in range(EACH)]
        for leader in leaders:
            if sign in BESIDE_HONEST:
                trial.honest(leader, 5)
            plant(trial, leader)
        trial.plant(sign, leaders)
