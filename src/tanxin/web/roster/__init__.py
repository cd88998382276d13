"""The organiser imports a roster: look first, mend or answer, accept what was shown; or exports it.

Between looking and accepting the file lies sealed in the database.
"""
