"""Teaching: one's rights, clauses with the duties they make, cases, a course, the undertaking."""
