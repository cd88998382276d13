"""Code tables an organisation's papers are written in: politics, ranks, words for kinds.

The tables are YAML beside this file; here is only how they are read and looked up.
"""

from tanxin.apps.org.codes.branches import branch_role
from tanxin.apps.org.codes.ranks import VARIANTS, Rank, rank_codes, rank_of, rank_word, ranks
from tanxin.apps.org.codes.tables import Table, table

__all__ = [
    "VARIANTS",
    "Rank",
    "Table",
    "branch_role",
    "rank_codes",
    "rank_of",
    "rank_word",
    "ranks",
    "table",
]
