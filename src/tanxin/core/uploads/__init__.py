"""Files that somebody uploads: what they are, whether they may come in, what must be taken off.

Everything works on bytes in memory; nothing here writes a file.
"""

from tanxin.core.uploads.admit import Admitted, admit, admit_all
from tanxin.core.uploads.refusals import FileRefused
from tanxin.core.uploads.texts import texts_in

__all__ = ["Admitted", "FileRefused", "admit", "admit_all", "texts_in"]
