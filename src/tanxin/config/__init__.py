"""Settings, system checks and the root URL table.

The only package that reads the environment.
"""
