"""How long texts are kept, what holds them longer, and how they end: by the word of two.

Texts are destroyed through the archive; who talked with whom and when stays as the register.
"""
