"""Finds the marks that state secrets carry, in any writing of them, and hints at bare words.

The rules are data (``rules.json``); the browser reads the same file.
"""

from tanxin.core.markings.screen import Verdict, screen

__all__ = ["Verdict", "screen"]
