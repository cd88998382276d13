"""A talk from proposal to confirmation, and asking for one: lists, pages and a URL per verb.

Text is opened only on the pages that exist to read or write it.
"""
