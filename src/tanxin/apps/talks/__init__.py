"""Part 2, the talk itself: plan, hold, record, confirm, request.

What was said lives in archive; here is who, when and in which state.
"""
