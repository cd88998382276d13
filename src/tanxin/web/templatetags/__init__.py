"""Template tags of the design language: ``ui`` for parts of a page, ``pictures`` for its drawings.

See docs/explanation/design-language.md for when to use which.
"""
