"""The WSGI entry point: `gunicorn wsgi:app`, and what the `flask` command finds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from healthlib.app import create_app

app = create_app()
