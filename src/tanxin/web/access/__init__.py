"""Who may see what, beside the two of a talk: roles, requests to read, recusals, secretaries.

Pages only; what somebody may is asked at the doors of the apps.
"""
