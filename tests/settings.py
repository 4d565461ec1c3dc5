"""Settings of the tests: production's, with fast passwords and static files straight from their folders."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)

from hybrid.settings import *  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
