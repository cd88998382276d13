"""The realm: the organisation that runs its own talk system.

Everything that grows belongs to one realm; its calendar of working days lives here too.
"""
