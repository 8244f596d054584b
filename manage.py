#!/usr/bin/env python
"""Run a management command of the portal."""

import os
import sys

from orcs_portal.embedded.manage import main
from orcs_portal.settings import chosen

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen())
    main(sys.argv)
