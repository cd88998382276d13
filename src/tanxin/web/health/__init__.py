"""Says whether the parts of the system answer: database, keeper. Names nothing else.

For a load balancer or a person on the machine.
"""
