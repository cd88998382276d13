"""Run another module of the bench with Django set up: its imports then stand where imports stand.

``python -m bench.with_django MODULE ARGUMENT…``
"""

import sys
from runpy import run_module

import django

if __name__ == "__main__":
    django.setup()
    del sys.argv[0]
    run_module(sys.argv[0], run_name="__main__", alter_sys=True)
