"""What is printed: typst templates and what sets them. Values go in as data, never as markup.

Fonts are those of the machine, or of ``TANXIN_FONTS``; without a Chinese one nothing is set.
"""
