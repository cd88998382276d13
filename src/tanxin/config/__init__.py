"""Settings, system checks, the root URL table and the scheduled jobs.

The only package that reads the environment.
"""
