"""Reception days (接待日): when somebody receives whoever comes, and booking a time ahead.

A booking is a request that is answered at once; from then on it is a talk like any other.
"""
