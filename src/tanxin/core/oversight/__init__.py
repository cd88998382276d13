"""What may be seen of talks without reading them: signals, samples, and how often signals err.

Everything here is a function of process facts and sketches; a signal is a question, not a verdict.
"""
