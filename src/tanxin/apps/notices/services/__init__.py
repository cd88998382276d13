"""Making the day's messages, sending them, telling what is overdue, and what everybody chooses.

A message is made from what waits and looked at again when it is sent, so nobody is told of what he
has done. Its row is claimed before it is sent and settled afterwards: a worker that dies between
the two leaves it claimed, and after a while another sends it again under the same name, by which
mail programs know it for the same. It is recorded as sent once.
"""

from tanxin.apps.notices.services.choosing import choose
from tanxin.apps.notices.services.delivering import deliver, due
from tanxin.apps.notices.services.making import make
from tanxin.apps.notices.services.noting import note_overdue
from tanxin.apps.notices.services.sending import send_due
from tanxin.apps.notices.services.telling import tell_overdue

__all__ = ["choose", "deliver", "due", "make", "note_overdue", "send_due", "tell_overdue"]
