"""The commission's files as offices really keep them: titles, merged cells, GB18030, cadre forms.

They are written into the demo's home, imported from there, and left for a visitor to try.
"""

from tanxin.demo.files.faulty import faulty_workbook
from tanxin.demo.files.forms import leaders_forms
from tanxin.demo.files.roster import main_workbook, relations_workbook
from tanxin.demo.files.table import institution_table

__all__ = [
    "faulty_workbook",
    "institution_table",
    "leaders_forms",
    "main_workbook",
    "relations_workbook",
]
