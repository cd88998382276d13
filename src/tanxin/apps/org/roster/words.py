"""The sentence for each finding: where it is, what is wrong, how to mend it."""

from collections.abc import Mapping
from pathlib import PurePath

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org import codes
from tanxin.apps.org.roster.columns import kinds
from tanxin.apps.org.roster.findings import Finding
from tanxin.apps.org.roster.places import Where

WHAT: Mapping[str, Lazy] = {
    # files
    "file-empty": _("the file is empty"),
    "file-broken": _("the file is damaged and cannot be opened"),
    "file-too-large": _("the file is larger than %(most)s MB"),
    "file-unreadable": _("the file cannot be read"),
    "file-unknown": _("this is no roster in a known format"),
    "file-skipped": _("not a roster; passed over"),
    "encoding-unknown": _("the characters are neither UTF-8 nor GB18030"),
    "old-office": _("this is an old Office file (.xls or .doc)"),
    "pdf": _("this is a PDF, which has no columns to read"),
    "word-document": _("this is a text document, not a table"),
    "other-sheet": _("this is a spreadsheet of another format (.xlsb, .ods or .et)"),
    "image": _("this is a picture"),
    "other-archive": _("this is an archive that is not a zip file"),
    "web-page": _("this is a web page saved under another name"),
    "password-protected": _("the file is protected with a password"),
    "extension-differs": _("the file's name says otherwise; it was read as %(kind)s"),
    "csv-broken": _("the CSV file is damaged: a field does not end"),
    "xml-entities": _("the file declares entities, which a roster never needs; it was not opened"),
    "xml-broken": _("the form is damaged: its XML cannot be read"),
    "xml-unknown": _("the XML file is no cadre appointment form"),
    "lrm-broken": _("the form is damaged: its fields cannot be told apart"),
    "zip-too-many": _("the archive holds %(most)s files at most"),
    "zip-too-large": _("unpacked, the archive would be larger than %(most)s MB"),
    "zip-bomb": _("the archive is packed more than %(most)s times; it was not opened"),
    "zip-nested": _("an archive inside the archive; it was not opened"),
    "zip-bad-path": _("“%(name)s” leads out of the archive; it was not opened"),
    "zip-symlink": _("a link instead of a file; it was not followed"),
    "zip-encrypted": _("this file in the archive is protected with a password"),
    # sheets
    "sheet-empty": _("the sheet is empty"),
    "sheet-hidden": _("the sheet is hidden and was not read"),
    "sheet-too-large": _("the sheet reaches beyond %(rows)s rows or %(columns)s columns"),
    "too-many-rows": _("only the first %(most)s rows were read"),
    "no-header": _(
        "no heading row in the first %(rows)s rows; looked for at least four of %(heads)s …"
        " (or the headings of %(kinds)s)"
    ),
    "no-rows": _("headings only, no rows"),
    "columns-ignored": _("these columns are not used: %(heads)s"),
    "rows-skipped": _("%(count)s rows taken for headings, sums or signatures, not read: %(rows)s"),
    "formulas-empty": _("%(count)s formulas have no stored result and were read as empty"),
    "units-implied": _("no sheet of units; %(count)s units are taken from the people's columns"),
    "more-of-these": _("%(count)s more findings like “%(of)s” are not listed"),
    # cells
    "date-ambiguous": _("says %(value)s, which may be January or October"),
    "date-serial": _("says %(value)s, probably a date that lost its format"),
    "date-year-only": _("gives only the year %(year)s"),
    "date-impossible": _("says %(value)s, a date that does not exist"),
    "date-unreadable": _("“%(value)s” cannot be read as a date"),
    "date-to-come": _("%(value)s is still to come"),
    "birth-to-come": _("a birth in %(value)s is still to come"),
    "before-birth": _("%(value)s is before the birth (%(born)s)"),
    "end-before-start": _("the end lies before the start %(start)s"),
    "event-undated": _("has no date"),
    "event-of-nobody": _("does not say which unit, team or person it is about"),
    "id-lost-digits": _("the ID number was kept as a number and has lost its last digits"),
    "id-characters": _("the ID number %(value)s holds what is neither a digit nor an X at its end"),
    "id-length": _("the ID number %(value)s has %(length)s characters, not 18 (or 15)"),
    "id-check-digit": _("the last digit of ID number %(value)s does not match; one digit is wrong"),
    "id-birth-impossible": _("ID number %(value)s contains a date that does not exist"),
    "id-fifteen": _("ID number %(value)s has 15 digits; it was brought to 18"),
    "id-birth-differs": _("says %(told)s, but the ID number says %(read)s"),
    "id-gender-differs": _("does not agree with the ID number"),
    "number-lost-digits": _("was kept as a number and has lost its last digits"),
    "phone-lost-digits": _("was kept as a number and has lost digits"),
    "phone-unreadable": _("is no telephone number"),
    "mail-unreadable": _("is no mail address"),
    "order-unreadable": _("“%(value)s” is no whole number"),
    "text-too-long": _("has %(length)s characters; %(most)s are allowed"),
    "gender-unknown": _("“%(value)s” is not known as a gender"),
    "politics-unknown": _("“%(value)s” is not known as a political status"),
    "rank-unknown": _("“%(value)s” is not known as a rank"),
    "rank-several": _("“%(value)s” may be any of several ranks"),
    "state-unknown": _("“%(value)s” is not known as a state"),
    "kind-unknown": _("“%(value)s” is not known as a kind"),
    "role-unknown": _("“%(value)s” is not known as a role"),
    "event-unknown": _("“%(value)s” is not known as an event"),
    "career-lines-lost": _("%(count)s lines of the career could not be read"),
    # rows among themselves
    "form-of-several": _(
        "%(count)s people in the sheets are called %(name)s; the form may be that of any of them"
    ),
    "form-differs": _("says %(ours)s, but the form %(file)s says %(theirs)s"),
    "name-missing": _("has no name"),
    "unit-name-missing": _("the unit has no name"),
    "team-missing": _("the team has no name"),
    "unit-missing": _("has no unit"),
    "target-missing": _("does not say whom the contact is with"),
    "name-twice": _("%(count)s people are called %(name)s, and no number tells them apart"),
    "number-twice": _("%(name)s has the staff number of row %(other_row)s"),
    "id-twice": _("%(name)s has the ID number of row %(other_row)s"),
    "number-of-another": _("this staff number belongs to %(other)s, not to %(name)s"),
    "person-unknown": _("%(name)s is not among the people"),
    "person-ambiguous": _("several people are called %(name)s"),
    "person-without-unit": _("the person belongs to no unit"),
    "unit-code-twice": _("the code %(value)s is used twice"),
    "unit-twice": _("%(value)s stands twice under the same unit"),
    "unit-cycle": _("the units stand under one another in a circle: %(ring)s"),
    "unit-unknown": _("%(value)s is not among the units"),
    "unit-unknown-like": _("%(value)s is not among the units; perhaps %(nearest)s"),
    "unit-ambiguous": _("several units are called %(value)s"),
    "parent-unknown": _("the upper unit %(value)s is not among the units"),
    "parent-unknown-like": _("upper unit %(value)s is not among the units; perhaps %(nearest)s"),
    "parent-ambiguous": _("several units are called %(value)s; the upper one is unclear"),
}

HOW: Mapping[str, Lazy] = {
    "add-id": _("Write the ID number into the row the form belongs to."),
    "add-number": _("Add the staff number."),
    "add-person": _("Add the person to the people's sheet, or mend the name."),
    "add-unit": _("Add the unit to the sheet of units, or mend the name."),
    "check-date": _("Please check the date."),
    "check-file": _("Please choose the file again."),
    "check-id": _("Please check it against the ID card."),
    "check-mail": _("Please check the address."),
    "check-phone": _("Write a mobile number of 11 digits, or area code and number."),
    "check-span": _("Please check both dates; the end is the last day."),
    "choose-unit": _("Choose one of those offered, or mend the cell."),
    "choose-word": _("Choose here, or write one of these into the cell: %(nearest)s."),
    "choose-right": _("Choose which of the two is right."),
    "compare-id": _("Choose which of the two is right."),
    "export-again": _("Please export the form again from the appointment form editor."),
    "fill-down": _("Fill in a unit. CSV files lose merged cells: fill them down or send .xlsx."),
    "format-as-date": _("Confirm the date, or format the cell as a date."),
    "format-as-text": _("Format the column as text and type the number again."),
    "keep-one": _("Keep one of the two, or mend the number."),
    "mend-parent": _("Mend the upper unit of one of them."),
    "pack-again": _("Pack the files themselves again."),
    "pack-as-zip": _("Unpack it and pack the files as a zip file."),
    "remove-password": _("Remove the password and try again."),
    "save-as-xlsx": _("Open it and save it as .xlsx."),
    "save-in-excel": _("Open the file in Excel or WPS, save it, and try again."),
    "shorten": _("Please shorten it."),
    "split": _("Split it into several files."),
    "split-or-save-again": _("Save it again without empty rows and columns, or split it."),
    "use-code": _("Write the unit's code instead of its name."),
    "use-template": _("Compare it with the template."),
    "write-about": _("Fill in a unit, a team or a person."),
    "write-date": _("Write it like 1980.05 or 2024-03-01."),
    "write-like": _("Write a word that is known, for example: %(known)s."),
    "write-known": _("Write one of these into the cell: %(known)s."),
    "write-month": _("Add the month, for example %(year)s.05."),
    "write-month-as-text": _("Write it as text: %(year)s.01 or %(year)s.10."),
    "write-name": _("Fill in the name."),
    "write-number": _("Write a whole number."),
    "write-target": _("Fill in a person or a unit."),
    "write-team": _("Fill in the name of the team."),
    "write-unit": _("Fill in a unit."),
}

# Fields that only the people's sheet has.
TOLD_BY_HEADING = frozenset({
    "gender", "birth", "ethnicity", "origin", "started_work", "joined_party", "politics",
    "education", "department", "post", "id_number", "branch",
})  # fmt: skip
# The table of codes a field's readings come from; ``kind`` is of several sheets.
TABLES: Mapping[tuple[str, str], str] = {
    ("gender", ""): "gender",
    ("politics", ""): "politics",
    ("states", ""): "state",
    ("role", ""): "seat_role",
    ("kind", "state-unknown"): "state",
    ("kind", "event-unknown"): "event",
}

KINDS = ("unit_kind", "team_kind", "contact_kind")

EXPLANATION: tuple[Lazy, ...] = (
    _("One row per person. Columns may be left out or put in another order; headings stay."),
    _("Dates: 1980.05, 1980-05-01 or 1980年5月, as text. Excel makes 1980.1 of 1980.10."),
    _("ID numbers and staff numbers as text, or the last digits are lost."),
    _("An end (止) is the last day on which it is still true; leave it empty while it lasts."),
    _("The staff number beside a name may be left out if nobody else has the name."),
    _("Units by name or code; the sheet of units comes first."),
)


def place(where: Where) -> str:
    """``第12行「出生年月」``, after sheet and file where there may be several of them."""
    file = where.file.rpartition("/")[2]
    told = {"file": file, "sheet": where.sheet, "row": where.row, "header": where.header}
    parts = [gettext("file “%(file)s”")] if "/" in where.file else []
    if where.sheet and where.sheet != PurePath(file).stem:  # a CSV file is its only sheet
        parts.append(gettext("sheet “%(sheet)s”"))
    parts += row_of(where)
    whole = ""
    for part in parts:
        inner = part % told
        whole = gettext("%(whole)s, %(part)s") % {"whole": whole, "part": inner} if whole else inner
    return whole[:1].upper() + whole[1:] if parts else file


def row_of(where: Where) -> list[str]:
    """A form is about one person, and has no rows."""
    if where.row and where.sheet:
        return [gettext("row %(row)s “%(header)s”") if where.header else gettext("row %(row)s")]
    return [gettext("“%(header)s”")] if where.header else []


def headed(where: Where, field: str) -> Where:
    """What was found between two cells is told under the heading of the one to look at."""
    if where.header or not where.row or field not in TOLD_BY_HEADING:
        return where
    return where.at("", kinds()["people"].column(field).heads[0])


def reading_word(finding: Finding, reading: str) -> str:
    """How a reading is offered: codes by their word, everything else as it stands."""
    if finding.field == "rank":
        return codes.rank_word(reading)
    table = TABLES.get((finding.field, finding.code)) or TABLES.get((finding.field, ""))
    if finding.code == "kind-unknown":  # of units, teams or contacts: no two have a code in common
        table = next((name for name in KINDS if reading in codes.table(name).words), None)
    return codes.table(table).word(reading) if table else reading


def sentence(finding: Finding) -> str:
    """Where, what, and how to mend it. Holds personal data: for the page, never for a log."""
    what = str(WHAT[finding.code]) % finding.params
    where = place(headed(finding.where, finding.field))
    first = gettext("%(place)s: %(what)s.") % {"place": where, "what": what}
    how = HOW.get(finding.hint)
    if how is None:
        return first
    # A hint may quote the finding's values; a language whose hint does not simply leaves them.
    return gettext("%(first)s %(how)s") % {"first": first, "how": str(how) % finding.params}
