from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RIGHTS: Promise = _("My right to ask for a talk")
