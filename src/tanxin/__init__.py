"""Tanxin 谈心: who talks with whom and why, the talk itself, and what came of it.

The five parts of the practice are the apps duties, talks, issues, oversight and appraisal.
"""

__version__ = "0.1.0.dev0"
