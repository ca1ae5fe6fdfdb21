"""Production is the base. Development and tests only relax; they never add.

Every secret comes from the environment and has no default: what is missing stops the start,
with its name.
"""

import os
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal import env

env.load()


def secret(name: str) -> str:
    """A secret from the environment; refuses to go on without it, and says which one."""
    value = os.environ.get(name, "").strip()
    if not value or value.startswith(("change", "insecure", "django-insecure")):
        raise ImproperlyConfigured(
            f"{name} is missing or still has its example value. Set it in the environment, in .env "
            f"or in {env.data_folder() / 'keys.env'} (`manage.py make_keys` writes that file)."
        )
    return value


ROOT = env.ROOT
DATA = env.data_folder()
BASE_URL = env.base_url()
_base = urlsplit(BASE_URL)
CMS_HOST = os.environ.get("CMS_HOST", "")

DEBUG = False
DEMO = False
SHOW_COMPONENTS = False
SECRET_KEY = secret("SECRET_KEY")
FIELD_KEYS = [key.strip() for key in secret("FIELD_KEYS").split(",") if key.strip()]
ALLOWED_HOSTS = env.read.list("ALLOWED_HOSTS", default=[_base.hostname])
TRUSTED_PROXY_COUNT = env.read.int("TRUSTED_PROXY_COUNT", default=0)
REDIS_URL = os.environ.get("REDIS_URL", "")

# The order is the stack, roof first (docs/decisions/0001-structure.md).
INSTALLED_APPS = [
    "portal",
    "groups",
    "resources",
    "moderation",
    "outreach",
    "live",
    "people",
    "audit",
    "vault",
    "allauth",
    "allauth.account",
    "django_otp",
    "django_otp_webauthn",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "portal.middleware.ContentPolicyMiddleware",
    "portal.middleware.HeadersMiddleware",
    "portal.middleware.PublicCompressionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "people.middleware.KeptSessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "portal.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "people.middleware.ActorMiddleware",
    "people.middleware.IdleMiddleware",
    "people.middleware.SecondFactorGate",
    "portal.middleware.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.templatetags.kring"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data ---------------------------------------------------------------------------------------


def database() -> dict:
    """PostgreSQL from DATABASE_URL, else one SQLite file under $DATA, tuned for many writers."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'kring.sqlite3'}"
    config = env.read.db_url_config(url)
    # Opening costs more than a page's questions, also for a file: its pragmas are asked each time.
    config["CONN_MAX_AGE"] = 60
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            # Deferred transactions fail under concurrent writers; immediate ones wait their turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"options": "-c synchronous_commit=on"}
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Only public fragments are ever cached; limits, sessions and truth live in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- signing in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["people.backends.AccountBackend"]
# 15 characters when it stands alone (parents), 8 beside a second factor (staff): people.passwords.
AUTH_PASSWORD_VALIDATORS = [{"NAME": "people.passwords.PasswordRules"}]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "portal.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
# One limiter for the whole portal, in people: allauth's own is not atomic and locks people out.
ACCOUNT_RATE_LIMITS = False
# Passkeys belong to a host by its name; where the portal is asked for by a number, none is offered. The library's own
# way of signing in goes past limiter, frozen accounts and stages: it is off, and its addresses are not mounted.
PASSKEY_HOST = env.named_host(BASE_URL)
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_RP_ID = _base.hostname
OTP_WEBAUTHN_ALLOWED_ORIGINS = [BASE_URL]
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-kring"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "__Host-kring-form"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "portal.views.form_too_old"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _base.scheme == "https" else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_NAME = "kring-language"

# --- on the wire --------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked by machines on the inside
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Preloading is a promise that cannot be taken back: the owner of the domain decides, not this software.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer turns every plain form POST into a 403 in Chromium
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

_socket = f"{'wss' if _base.scheme == 'https' else 'ws'}://{_base.netloc}"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF, _socket],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's editor still writes inline scripts and styles; its exception lives on its own path.
CMS_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# A file on another computer, for marks of the history; empty: beside the data.
AUDIT_ANCHOR_FILE = os.environ.get("AUDIT_ANCHOR_FILE", "")
NEUTRAL_EXIT_URL = os.environ.get("NEUTRAL_EXIT_URL", "https://www.google.be/")

# --- mail: nothing but outreach may send --------------------------------------------------------

EMAIL_BACKEND = "outreach.channels.refusing_backend.RefusingBackend"
EMAIL_URL = os.environ.get("EMAIL_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", f"post@{_base.hostname}")
ADMINS: list = []
MANAGERS: list = []

# --- other ways of reaching a person --------------------------------------------------------------

VAPID_KEY = os.environ.get("VAPID_KEY", "").strip()  # empty: no notices on phones
# Where browsers may say their notices come from. A dot in front: every host below it.
PUSH_HOSTS = ["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"]
PUSH_TO_THIS_COMPUTER = False
TEXT_GATEWAY_URL = os.environ.get("TEXT_GATEWAY_URL", "")  # empty: no text messages
TEXT_GATEWAY_TOKEN = os.environ.get("TEXT_GATEWAY_TOKEN", "").strip()

# --- languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [
    ("nl", "Nederlands"),
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Brussels")
USE_TZ = True

# --- Wagtail: public content only ---------------------------------------------------------------

WAGTAIL_SITE_NAME = "Kring"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# The picture of a phone. Making it smaller takes eight bytes a point, and a file of 150 KB can unfold to any size.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 16_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "resources.pictures.PictureForm"
WAGTAILEMBEDS_FINDERS: list = []  # no page holds any; the address that asks for one must not make the server ask others
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list = []  # a document is saved, never shown as a page of ours
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.staticfiles.KringStaticStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
BODY_LIMIT = 3 * 2**20
BODY_LIMIT_OF_EDITORS = 12 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING_CONFIG = "portal.logs.configure"
LOGGING: dict = {"version": 1}  # empty, Django would never call LOGGING_CONFIG

# --- the rules of the house, in one place -------------------------------------------------------

KRING_APP_NAME = os.environ.get("APP_NAME", "Kring")
OTP_WEBAUTHN_RP_NAME = KRING_APP_NAME
OWN_PHONE_DAYS = 30
OWN_PHONE_LOCK_MINUTES = 15
SHARED_PHONE_IDLE_MINUTES = 5
STAFF_IDLE_MINUTES = 30
STAFF_ABSOLUTE_HOURS = 12
