"""Settings by kind of process; ``chosen`` says which kind this environment asks for."""

import os


def chosen() -> str:
    """Return the settings module for this environment.

    With ``DATABASE_URL`` the process is a production one unless ``DEMO=1``; without it, the embedded services of this
    clone are used and the demonstration is on.  Tests name ``orcs_portal.settings.test`` themselves.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("DEMO", "0") != "1":
        return "orcs_portal.settings.production"
    return "orcs_portal.settings.local"
