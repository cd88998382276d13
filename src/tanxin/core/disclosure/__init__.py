"""What of counts by unit may be made known to those outside a unit, so that nobody is found in it.

Only declared tables of disjoint counts are given out, once for each period; never two cuts of one.
"""

from tanxin.core.disclosure.publish import FEWEST, STEP, Group, Interval, publish

__all__ = ["FEWEST", "STEP", "Group", "Interval", "publish"]
