"""What the assistants of a random life do: type signed sheets, and pass on the word of others."""

from datetime import timedelta

from talk_steps import SAID
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.apps.talks.paper_models import RETURNED_BECAUSE, Assistant, PaperEntry, Witness
from tanxin.apps.talks.refusals import (
    AnswersHimself,
    AssistantNotFree,
    LateEntryNeedsReason,
    NothingEntered,
    NothingToReadBack,
    NotOnPaper,
    PageIsOld,
    ScanMissing,
    WitnessNotFree,
)
from tanxin.core.uploads import admit

REFUSED = (
    AnswersHimself, AssistantNotFree, LateEntryNeedsReason, NothingEntered, NothingToReadBack,
    NotOnPaper, PageIsOld, ScanMissing, WitnessNotFree,
)  # fmt: skip
SCAN = admit("谈话记录表.txt", "手写的一页".encode())


class OnPaper:
    """The verbs of a ``Life`` that need a sheet or a third person."""

    def do_name_assistant(self) -> None:
        talk = self.talk("agreed", "held")
        who = self.somebody(self.name(talk.initiator_id))
        typist = self.world.people[self.chance.choice(("ben", "cleo", "dora", "emil"))]
        services.name_assistant(who, talk.pk, typist, at=self.at)

    def do_enter_sheet(self) -> None:
        asked = list(Assistant.objects.filter(ended_at=None).order_by("pk"))
        one = self.chance.choice(asked)
        services.enter_sheet(
            self.somebody(self.name(one.person_id)), one.talk_id, text=SAID, at=self.at,
            files=[SCAN] if self.is_calm or self.chance.random() < 0.7 else [], late_reason="纸质补录",
            held_at=self.at - timedelta(hours=2),
        )  # fmt: skip

    def do_decide_sheet(self) -> None:
        entry = self.chance.choice(list(PaperEntry.objects.order_by("pk")))
        who = self.somebody(self.name(entry.initiator_id))
        if self.chance.random() < 0.75:
            services.accept_sheet(who, entry.talk_id, entry.pk, at=self.at)
        else:
            because = self.chance.choice(RETURNED_BECAUSE)
            services.return_sheet(who, entry.talk_id, entry.pk, because=because, at=self.at)

    def do_name_witness(self) -> None:
        talk = self.of_oli()
        third = self.world.people[self.chance.choice(("ben", "cleo", "dora"))]
        services.name_witness(
            self.somebody(self.name(talk.initiator_id)), talk.pk, third, at=self.at
        )

    def do_say_for_another(self) -> None:
        asked = list(Witness.objects.filter(ended_at=None).order_by("pk"))
        talk = self.chance.choice(asked).talk if asked else self.of_oli()
        standing = standing_of(talk)
        third = self.name(asked[0].person_id) if asked else "dora"
        how = self.chance.choice(("paper", "in_person", "phone"))
        services.say_for_another(
            self.somebody(third), talk.pk,
            self.chance.choice(("confirmed", "confirmed", "not_right")), how=how, at=self.at,
            digest=standing.digest if standing else bytes(32),
            files=[SCAN] if how == "paper" else [],
        )  # fmt: skip

    def of_oli(self) -> Talk:
        """Mostly one of who has no account; sometimes of anybody."""
        his = Talk.objects.filter(subject=self.world.people["oli"], state="recorded")
        rows = list(his.order_by("pk"))
        return self.chance.choice(rows) if rows else self.talk("recorded")

    def check_paper(self, talk: Talk) -> None:
        """Nobody who leads speaks for who was talked with, and nobody for who can himself."""
        for said in Confirmation.objects.filter(talk=talk):
            has_no_account = talk.subject_id == self.world.people["oli"]
            assert (said.by_id is not None) == has_no_account, "his word came by another's hand"
            assert said.by_id != talk.initiator_id, "who led it spoke for the other side"
            assert (said.proxy == "") == (said.by_id is None), "the mark of a passed-on word"
        typed = PaperEntry.objects.filter(talk=talk, state="accepted")
        assert talk.from_paper == typed.exists(), "typed from paper, and no mark of it"
        assert not typed.filter(entered_by__in=[talk.initiator_id, talk.subject_id]).exists()
