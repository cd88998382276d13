"""Pages of those who supervise: coverage, signals, samples, inspections; and of those they ask.

None of them shows a text that was confided.
"""
