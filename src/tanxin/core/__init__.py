"""The domain as pure Python: no Django, no clock, no environment, no input or output.

Everything here takes values and returns values, so that it can be tested exhaustively.
"""
