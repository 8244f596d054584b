"""Settings, chosen by what the environment says.

With ``DATABASE_URL`` the process is a production one unless ``DEMO=1``; without it the embedded services
of this clone are used and the demonstration is on.  Tests name ``orcs_portal.settings.test`` themselves.
"""

import os

if os.environ.get("DATABASE_URL") and os.environ.get("DEMO", "0") != "1":
    from orcs_portal.settings.production import *  # noqa: F403 - the one place where a settings module is chosen
else:
    from orcs_portal.settings.local import *  # noqa: F403 - the one place where a settings module is chosen
