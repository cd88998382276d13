"""What stood in a form that could not be saved, to be sent again: nobody types anything twice."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a form that could not be saved; ``words`` are shown, the rest is only kept."""

    name: str
    value: str

    @property
    def words(self) -> bool:
        return not self.value.isascii() or any(sign.isspace() for sign in self.value)


def typed(request: HttpRequest) -> list[Typed]:
    if request.method != "POST" or request.FILES:
        return []
    return [
        Typed(name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
