#!/usr/bin/env python
"""Run a management command of the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from orcs_portal.settings import chosen

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen())
    execute_from_command_line(sys.argv)
