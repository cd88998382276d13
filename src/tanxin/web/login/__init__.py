"""Logging in and out, and the five people anybody may be in the demo.

Texts here say nothing about whether an account exists.
"""
