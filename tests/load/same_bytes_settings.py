"""Production settings with one more address: the same bytes as a page, without the page cache."""

from portal.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.load.same_bytes_urls"
