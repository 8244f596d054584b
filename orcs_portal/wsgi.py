"""What the web server imports."""

import os

from django.core.wsgi import get_wsgi_application

from orcs_portal.settings import chosen

os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen())

application = get_wsgi_application()
