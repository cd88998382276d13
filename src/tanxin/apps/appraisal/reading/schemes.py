"""Schemes as pages tell them."""

from typing import TypeAlias

from tanxin.apps.appraisal.models import SchemeVersion
from tanxin.apps.appraisal.services.drafting import why_returned

__all__ = ["SchemeRow", "why_returned"]

SchemeRow: TypeAlias = SchemeVersion
