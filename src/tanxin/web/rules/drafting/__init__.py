"""The workbench: drafts of rules in forms, tried on the real organisation, proposed and approved.

Whatever is typed is kept as it is; what is wrong with it stands beside its field.
"""
