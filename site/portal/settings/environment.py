"""Where variables are read from, and where the installation and its data are."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
PORTAL_DIR = Path(__file__).resolve().parents[1]
env = environ.Env()
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
SITE_URL = env("SITE_URL", default="http://localhost:8000")
