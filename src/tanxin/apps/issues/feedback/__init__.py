"""What was raised, told to a department without who raised it: written, reviewed, sent, answered.

The raiser learns that it went on; the department learns neither who raised it nor with whom.
"""
