"""What waits for one person, one module for each part of the practice it comes from.

Each yields items for the page of what is to do; none looks at what another yields.
"""
