"""Who holds the root key: a file, a token of a hardware module, custodians; and how it is renewed.

Standard library and ``core.vault`` only; ``token`` needs the extra ``hsm``.
"""
