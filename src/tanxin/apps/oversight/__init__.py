"""Part 4, supervision: who was reached, what asks for a look, samples and inspections.

It reads process facts and keyed sketches, never a word of what was confided, and judges nobody.
"""
