"""``python -m tanxin.demo``: build the demo realm where there is none yet; a keeper must run."""

import os
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanxin.config.settings")
django.setup()
# Tables can be imported only now.
import_module("tanxin.demo.build").build()
