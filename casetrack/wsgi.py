"""The way in for web servers: a pool of connections, and the bundled servers where none are configured."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetrack.settings")
os.environ.setdefault("CASETRACK_DB_POOL", "8")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings read the lines above

from casetrack import embedded  # noqa: E402

embedded.ensure()
application = get_wsgi_application()
