"""Settings. Everything that differs between machines comes from the environment (docs/operating.md)."""

from contextlib import suppress
from pathlib import Path
from shutil import which

import environ
from django.core.management.utils import get_random_secret_key

from hybrid.environment import Environment
from hybrid.private import close_to_others, kept_secret, private_folder

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
try:
    VAR_DIR = private_folder(Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute())
except OSError as _error:
    raise environ.ImproperlyConfigured(f"VAR_DIR: {_error.filename} cannot be used: {_error.strerror}.") from None

# Demo mode lets anyone enter as a demo participant: ./run switches it on, nothing else does.
DEMO = env.bool("HYBRID_DEMO", default=False)
DEBUG = env.bool("HYBRID_DEBUG", default=False)


def _secret_key() -> str:
    """The key from the environment; in demo mode one that is made once and kept in var/."""
    if key := env.str("SECRET_KEY", default=""):
        return key  # type: ignore[no-any-return]
    if not DEMO:
        raise environ.ImproperlyConfigured("Set SECRET_KEY to a long random string (demo mode makes its own).")
    try:
        return kept_secret(VAR_DIR / "secret_key", get_random_secret_key)
    except OSError as error:
        raise environ.ImproperlyConfigured(f"The key in {VAR_DIR} cannot be read or made: {error.strerror}.") from None


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "hybrid",
    "announcements",
    "replay",
    "reactions",
    "chat",
    "questions",
    "awards",
    "expo",
    "polls",
    "backstage",
    "presence",
    "planning",
    "notices",
    "agenda",
    "webapp",
    "streams",
    "captions",
    "networking",
    "translation",
    "cities",
    "collaboration",
    "search",
    "show",
    "registration",
    "sessions",
    "people",
    "scheduler",
    "live",
    "common",
    "channels",
    "django_htmx",
    "template_partials",
    "lucide",
    "hybrid.apps.OperatorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hybrid.middleware.content_security_policy",
    "hybrid.middleware.not_from_cache",
    "django.middleware.gzip.GZipMiddleware",  # adds random bytes against BREACH
    "hybrid.middleware.head_as_get",
    "hybrid.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.refusal.Refusals",
]

FORM_RENDERER = "common.widgets.QuickRenderer"
ROOT_URLCONF = "hybrid.urls"
ASGI_APPLICATION = "hybrid.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sessions.context.on_air",
                "people.context.entering",
            ],
        },
    }
]

# --- state: SQLite and memory by default, PostgreSQL and Redis by URL -------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hybrid.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    for _suffix in ("", "-wal", "-shm"):
        close_to_others(Path(f"{_database['NAME']}{_suffix}"))
    _database["CONN_MAX_AGE"] = None  # opening one cost a request 5 ms; the hub keeps its as well
    _database["OPTIONS"] = {
        "timeout": 20,
        # A deferred read-then-write fails with "database is locked" instead of waiting.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=16), "timeout": 10},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.service("REDIS_URL")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise environ.ImproperlyConfigured("REDIS_URL must be redis://HOST:PORT/NUMBER.")
if REDIS_URL:
    _redis_host = {"address": REDIS_URL, "socket_timeout": None, "socket_connect_timeout": 2}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [_redis_host], "prefix": "hybrid"},
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "people.counting.RedisCounts",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "hybrid",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    # Django's 300 entries would push counts out: who fills them would count from nothing again.
    CACHES = {"default": {"BACKEND": "people.counting.LocalCounts", "OPTIONS": {"MAX_ENTRIES": 200_000}}}

# For /metrics and /readyz from other machines; without it they answer this machine only.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LIVE_WRITES_AT_ONCE = env.int("LIVE_WRITES_AT_ONCE", default=256)  # writes of one batch
LIVE_POLL = env.float("LIVE_POLL", default=1.0)  # seconds between looks at the heads: a lost ring costs no more

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Participant"
LOGIN_URL = "people:enter"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code by e-mail is the proof
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_FORMS = {"request_login_code": "people.code.CodeForm", "confirm_login_code": "people.code.TypedCodeForm"}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "request_login_code": "600/m/ip,60/h/key",  # and by account and place: people/code.py
    "login_failed": "300/m/ip,5/5m/key",
}
# Single sign-on by OpenID Connect; the service must be trusted to confirm e-mail addresses.
SOCIALACCOUNT_ADAPTER = "people.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER := env.str("OIDC_SERVER", default=""):
    _app = {
        "provider_id": "sso",
        "name": env.str("OIDC_NAME", default="Single sign-on"),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": OIDC_SERVER, "oauth_pkce_enabled": True},
    }
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_app]}}
# Codes and invitations. In the demo they are printed where the server runs.
EMAIL_CONFIG = env.mail("EMAIL_URL", default="consolemail://" if DEMO or DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="congress@localhost")
EMAIL_TIMEOUT = 10
# Where people find us: for the links in mails that no request asked for.
SITE_URL = env.str("SITE_URL", default=(CSRF_TRUSTED_ORIGINS or ["http://localhost:8000"])[0]).rstrip("/")
# Web Push: ./run manage vapid_keys. A browser names its push service, so we send only to those we know.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")
VAPID_PUBLIC_KEY = env.str("VAPID_PUBLIC_KEY", default="")
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"],
)
# Video calls (expo/video.py): what a Jitsi or LiveKit server knows us by, and what we sign passes with.
VIDEO_KEY = env.str("VIDEO_KEY", default="")
VIDEO_SECRET = env.str("VIDEO_SECRET", default="")
# Machines that translate what people write (docs/translation.md), the first that can: apertium, libretranslate, deepl.
TRANSLATION_BACKENDS = env.list("TRANSLATION_BACKENDS", default=["apertium"] if DEMO and which("apertium") else [])
LIBRETRANSLATE_URL = env.str("LIBRETRANSLATE_URL", default="")
LIBRETRANSLATE_KEY = env.str("LIBRETRANSLATE_KEY", default="")
DEEPL_URL = env.str("DEEPL_URL", default="https://api-free.deepl.com")
DEEPL_KEY = env.str("DEEPL_KEY", default="")
MAIL_WITHIN = 1.5  # seconds in which a mail with a code leaves, at a moment that tells nothing
SESSION_ENGINE = "people.store"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO and not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
SECURE_SSL_REDIRECT = env.bool("BEHIND_TLS_PROXY", default=False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if SECURE_SSL_REDIRECT else 0)
# What browsers keep for as long: neighbours below the domain, and lists in browsers, are for whoever owns the domain.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # YouTube refuses to play without an origin
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Places of one process; 0: as many as its descriptors allow (hybrid/capacity.py).
MAX_CONNECTIONS = env.int("MAX_CONNECTIONS", default=0)
MAX_SOCKETS = env.int("MAX_SOCKETS", default=0)
REQUEST_THREADS = env.int("REQUEST_THREADS", default=4)  # requests that are worked on at once; more slow the sockets
MAX_PER_ADDRESS = env.int("MAX_PER_ADDRESS", default=0)  # a hall of thousands has one address

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each as its speakers call it; docs/languages.md says what another one takes.
LANGUAGES = [("en", "English"), ("es", "Español"), ("ca", "Català"), ("zh-hans", "简体中文"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "hybrid.formats"
USE_I18N = True
USE_TZ = True
FONTS = env.str("FONTS", default="/usr/share/fonts")  # where those are that files are drawn with (common/fonts.py)
TIME_ZONE = "UTC"

# --- static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))).absolute()
with suppress(OSError):  # made beforehand, or told at the start
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "hybrid.packages.PackageFinder",
    "hybrid.bundles.BundleFinder",
]
NPM_ROOT = BASE_DIR / "node_modules"
NPM_FILES = [  # what pages load of npm's packages; each has the address npm/NAME
    "idiomorph/dist/idiomorph.min.js",
    "zxing-wasm/dist/iife/reader/index.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm",
    "hls.js/dist/hls.min.js",
    "hls.js/dist/hls.worker.js",
    *(f"@fontsource-variable/noto-emoji/files/noto-emoji-{part}-wght-normal.woff2" for part in range(10)),
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
    "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    "@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
]
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_AUTOREFRESH = DEBUG
if not DEMO and not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "hybrid.collected.CollectedFiles"},
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "hybrid.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS_SUBDOMAINS and HSTS_PRELOAD are the operator's
