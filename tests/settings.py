"""Settings of the tests: production's, with fast passwords, no mail, and static files straight from their folders."""

import atexit
import os
import tempfile
from glob import glob

os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)

from hybrid.settings import *  # noqa: E402

INSTALLED_APPS += ["tests.toy"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_WITHIN = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads that share an in-memory database get "table is locked" instead of waiting.
    _file = os.path.join(tempfile.gettempdir(), f"hybrid-test-{os.getpid()}.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": _file}

    @atexit.register
    def _remove_test_database() -> None:
        for path in glob(f"{_file}*"):
            os.remove(path)
