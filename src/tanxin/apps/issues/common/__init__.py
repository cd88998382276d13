"""The same issue from many: proposed to be taken up together, never below five, never counted.

A daily job proposes; an organiser takes up or dismisses; who raised it is nowhere kept or shown.
"""
