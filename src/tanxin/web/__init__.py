"""Everything HTTP: one folder per area with its urls, views and forms; templates beside them.

Views call the apps' access, selectors, services and transitions, never a model.
"""
