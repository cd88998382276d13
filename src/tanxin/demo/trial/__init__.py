"""An invented year of talks in which every sort of going through the motions was planted.

And its honest look-alikes. What signs find in it is how often they err; nothing is stored.
"""
