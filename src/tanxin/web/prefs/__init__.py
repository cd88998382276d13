"""Language, light or dark, large print: kept in cookies, so that the login page knows them too.

They say nothing about a person, so no account is needed.
"""
