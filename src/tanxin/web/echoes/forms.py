from django import forms

from tanxin.core.echoes import EchoAnswer, EchoQuestion
from tanxin.web.echoes.words import ANSWERS, QUESTIONS, SKIPPED
from tanxin.web.named_form import NamedForm


def question(which: EchoQuestion) -> forms.ChoiceField:
    choices = [(answer.value, word) for answer, word in ANSWERS.items()]
    return forms.ChoiceField(
        label=QUESTIONS[which],
        widget=forms.RadioSelect,
        choices=[*choices, (EchoAnswer.SKIPPED.value, SKIPPED[which])],
    )


class EchoForm(NamedForm):
    heard = question(EchoQuestion.HEARD)
    solved = question(EchoQuestion.SOLVED)

    @property
    def said(self) -> dict[EchoQuestion, EchoAnswer]:
        return {one: EchoAnswer(self.cleaned_data[one.value]) for one in EchoQuestion}
