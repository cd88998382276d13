"""The register of events: what is to come or has happened that talks depend on.

Registered by hand here, or imported as a sheet of the roster.
"""
