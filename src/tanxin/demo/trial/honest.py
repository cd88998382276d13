"""What looks like going through the motions and is not: it must be asked about and left alone."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from tanxin.demo.trial.making import BEGINS, Trial
from tanxin.demo.trial.words import ABOUT_THE_MOVE, CLOSING, OPENING, record, retouched, some

EACH = 8
PLAIN_LEADERS = 60


def keeps_to_a_form(trial: Trial, leader: UUID) -> None:
    """The same first and last sentence in every record, and something of its own between."""
    for at in range(7):
        talk = trial.add(leader, [OPENING, *some(trial.chance, 3, 6), CLOSING])
        if at % 3 == 0:
            trial.raise_issue(talk)


def all_about_the_move(trial: Trial, leader: UUID) -> None:
    """After one upheaval everybody says the same, and the same is raised."""
    for _ in range(7):
        talk = trial.add(leader, some(trial.chance, 3, 5, ABOUT_THE_MOVE))
        trial.raise_issue(talk, "condition")


def goes_on_from_last_time(trial: Trial, leader: UUID) -> None:
    """A second talk with the same person that takes up what is still open, word for word."""
    trial.honest(leader, 6)
    text = some(trial.chance, 6, 8)
    first = trial.add(leader, text, trial.moment(0, 100))
    kept = retouched(trial.chance, text[:-1], 0.1)
    later = trial.moment(150, 340)
    trial.add(leader, [*kept, *some(trial.chance, 1, 2)], later, subject=first.subject)


def writes_on_fridays(trial: Trial, leader: UUID) -> None:
    """A week's talks entered in one hour."""
    trial.honest(leader, 3)
    friday = trial.moment(100, 300).replace(hour=16)
    for at in range(5):
        held = friday - timedelta(days=at % 4, hours=at + 1)
        trial.add(leader, record(trial.chance), held, friday + timedelta(minutes=9 * at))


def back_from_the_field(trial: Trial, leader: UUID) -> None:
    """Three weeks in villages without a network, then everything at one table."""
    trial.honest(leader, 4)
    back = trial.moment(150, 300).replace(hour=20)
    for at in range(6):
        held = back - timedelta(days=3 * at + 2, hours=4)
        talk = trial.add(leader, record(trial.chance), held, back + timedelta(minutes=8 * at))
        trial.change(talk, late=at > 1)


def came_in_december(trial: Trial, leader: UUID) -> None:
    """Took over late and talked with everybody before the year was over."""
    end = date(BEGINS.year, 12, 31)
    for at in range(6):
        held = datetime.combine(end - timedelta(days=at), time(10))
        talk = trial.add(leader, record(trial.chance), held)
        if at % 2:
            trial.raise_issue(talk)


def of_a_calm_unit(trial: Trial, leader: UUID) -> None:
    """What comes up is settled in the talk itself."""
    for _ in range(11):
        trial.add(leader, record(trial.chance))


def solves_small_things(trial: Trial, leader: UUID) -> None:
    """A lamp, a key, a parking card: raised in the morning, done by the afternoon."""
    for at, talk in enumerate(trial.honest(leader, 6, raising=99)):
        raised = (talk.entered or talk.held).replace(hour=9)
        if at < 4:  # noqa: PLR2004 most of them
            hours = ("reported", 3), ("verified", 5), ("answered", 6)
            moments = {name: raised + timedelta(hours=late) for name, late in hours}
            trial.raise_issue(talk, moments=moments | {"raised": raised})
        else:
            trial.raise_issue(talk)


def verifier_at_the_same_table(trial: Trial, leader: UUID) -> None:
    """He looked at the work first, and then both sat down to type."""
    for at, talk in enumerate(trial.honest(leader, 6, raising=99)):
        reported = (talk.entered or talk.held) + timedelta(days=15)
        soon = timedelta(seconds=50) if at < 4 else timedelta(days=2)  # noqa: PLR2004 half of them
        moments = {"reported": reported, "verified": reported + soon}
        trial.raise_issue(talk, moments=moments)


def of_people_far_away(trial: Trial, leader: UUID) -> None:
    """Old members who do not look at a screen; some answer, most do not."""
    trial.honest(leader, 2)
    for at in range(7):
        talk = trial.add(leader, record(trial.chance), trial.moment(190, 330))
        if at > 0:
            trial.change(talk, confirmed=None, lapsed=True)


def close_on_each_other(trial: Trial, leader: UUID) -> None:
    """One talk ended early and the next began: the times overlap by a few minutes."""
    talk = trial.honest(leader, 5)[0]
    trial.add(leader, record(trial.chance), talk.held + timedelta(minutes=22))
    wide = trial.add(leader, record(trial.chance))
    trial.add(leader, record(trial.chance), wide.held + timedelta(minutes=18))


def called_while_away(trial: Trial, leader: UUID) -> None:
    """On leave, and on the telephone; one came in for the talk all the same."""
    talks = trial.honest(leader, 6)
    for talk, by_distance in ((talks[0], True), (talks[1], leader.int % 3 > 0)):
        day = talk.held.date()
        trial.change(talk, by_distance=by_distance)
        spans = trial.away.get(leader, ())
        trial.away[leader] = (*spans, (day, day + timedelta(days=2)))


def speaks_of_another(trial: Trial, leader: UUID) -> None:
    """Names of others and earlier days that belong to the matter."""
    trial.honest(leader, 4)
    trial.add(
        leader,
        ["说到2024年3月1日调来本处时的情形，他和单可同志一起办过这件事", *record(trial.chance)],
    )


LOOK_ALIKES = (
    keeps_to_a_form,
    all_about_the_move,
    goes_on_from_last_time,
    writes_on_fridays,
    back_from_the_field,
    came_in_december,
    of_a_calm_unit,
    solves_small_things,
    verifier_at_the_same_table,
    of_people_far_away,
    close_on_each_other,
    called_while_away,
    speaks_of_another,
)


def live_honestly(trial: Trial) -> None:
    for look_alike in LOOK_ALIKES:
        for _ in range(EACH):
            look_alike(trial, trial.person())
    for _ in range(PLAIN_LEADERS):
        trial.honest(trial.person(), 9)
