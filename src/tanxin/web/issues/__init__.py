"""What was raised and what came of it: lists, the way of one issue, and a page per step.

The wording is opened with its page; the page goes on without it while the keeper is away.
"""
