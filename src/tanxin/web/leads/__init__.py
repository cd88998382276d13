"""Handing something to another body: asked, approved, followed; and the list an auditor sees."""
