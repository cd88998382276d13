"""The packs in force, their rules and clauses, and the duties they create here.

Reading only; publishing comes with the clerk's workbench.
"""
