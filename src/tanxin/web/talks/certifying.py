"""Signing a record by certificate: what is signed goes out as a small file, two files come back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.archive.attachments import NoRoomForFiles, TooManyFiles
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.org.directory import directory
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.certificates import to_certify
from tanxin.apps.talks.refusals import NothingToCertify
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Permission
from tanxin.core.certificates import LARGEST, SignatureRefused
from tanxin.web.downloads import HEADERS
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words

REFUSED: dict[str, Promise] = {
    "unreadable": gettext_lazy(
        "This is no certificate as PEM or DER. Please choose the other file."
    ),
    "untrusted": gettext_lazy(
        "The certificate is out of date, or from nobody this organisation trusts. "
        "Ask who runs Tanxin which one to take."
    ),
    "not-for-signing": gettext_lazy("This certificate is not for signing. Take the signing one."),
    "wrong-signature": gettext_lazy(
        "The signature does not fit the text below and this certificate. "
        "Fetch the text again, sign it unchanged, and send both files."
    ),
    "unknown-key": gettext_lazy("Certificates with a key of this sort cannot be checked here."),
    "somebody-else": gettext_lazy("The certificate bears another name than yours."),
    "namesake": gettext_lazy(
        "Somebody here has the same name. Take a certificate that bears your staff number."
    ),
}
TOO_LARGE = gettext_lazy("The file is too large to be a signature or a certificate.")


class CertificateForm(forms.Form):
    """Both files are small, and go nowhere before they are checked."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    signature = forms.FileField(label=gettext_lazy("The signature your tool made"))
    certificate = forms.FileField(
        label=gettext_lazy("Your certificate"),
        help_text=gettext_lazy("PEM, with those between it and the root; or DER."),
    )

    def clean_digest(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["digest"])

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        for name in ("signature", "certificate"):
            sent = data.get(name)
            if sent is None:
                continue
            if sent.size > LARGEST:
                self.add_error(name, str(TOO_LARGE))
            else:
                data[name] = sent.read()
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.RECORD_OPEN)
    if request.method != "POST":
        return show(request, talk, CertificateForm())
    form = CertificateForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, talk, form, status=422)
    try:
        services.certify(request.actor, talk_id, at=timezone.now(), **form.cleaned_data)
    except SignatureRefused as refused:
        form.add_error(None, str(REFUSED[refused.code]))
    except VersionMoved:
        form.add_error(None, _("Another version stands now. Sign that one, once you have read it."))
    except (NoRoomForFiles, TooManyFiles) as full:
        is_full = isinstance(full, NoRoomForFiles)
        form.add_error(None, str(words.NO_ROOM if is_full else words.TOO_MANY_FILES))
    except NothingToCertify:
        return go_to(request, "talks:record", talk_id)
    else:
        messages.success(request, _("Your certificate's signature is kept with the record."))
        return go_to(request, "talks:record", talk_id)
    return show(request, talk, form, status=422)


def show(
    request: ActorRequest, talk: TalkRow, form: CertificateForm, *, status: int = 200
) -> HttpResponse:
    asked = to_certify(request.actor, talk)
    if asked is None:
        raise Http404
    form.fields["digest"].initial = asked.digest.hex()
    shown = {
        "talk": talk,
        "form": form,
        "asked": asked,
        "name": directory(request.actor.realm_id).name(request.actor.person_id),
    }
    return render(request, "talks/certify.html", shown, status=status)


@require_safe
def statement(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Exactly the bytes that are to be signed."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_OPEN)
    asked = to_certify(request.actor, talk)
    if asked is None:
        raise Http404
    headers = HEADERS | {"Content-Disposition": 'attachment; filename="statement.txt"'}
    return HttpResponse(
        asked.statement, content_type="text/plain; charset=us-ascii", headers=headers
    )
