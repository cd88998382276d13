"""Django apps: tables and use cases, one folder per part of the practice.

No HTTP and no templates here; imports go down only (see docs/explanation/architecture.md).
"""
