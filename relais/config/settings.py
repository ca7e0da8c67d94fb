"""Every setting of Relais, read from the environment; docs/settings.md describes each and a test compares.

With none set it runs on this machine alone: SQLite in `var/`, keys beside it, no mail.
"""

import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from relais.config import env

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = env.folder("RELAIS_DATA", ROOT / "var")
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("RELAIS_DEBUG")
RELAIS_DEMO = env.flag("RELAIS_DEMO")
RELAIS_KEYS_DIR = env.folder("RELAIS_KEYS_DIR", DATA / "keys")
SHIPPED_PACKS = ROOT / "relais" / "packs" / "shipped"  # in an installed package; a checkout has them beside the code
RELAIS_PACKS_DIR = env.folder("RELAIS_PACKS_DIR", SHIPPED_PACKS if SHIPPED_PACKS.is_dir() else ROOT / "packs")
RELAIS_API_RATE = env.text("RELAIS_API_RATE", "1200/m")
RELAIS_PUBLIC_ADDRESS = env.text("RELAIS_PUBLIC_ADDRESS", "http://127.0.0.1:8000")


def _secret() -> str:
    """Read the signing secret, or make one that stays with this machine's data."""
    given = env.text("RELAIS_SECRET")
    if given:
        return given
    file = DATA / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return file.read_text(encoding="utf-8")


SECRET_KEY = _secret()
ALLOWED_HOSTS = env.words("RELAIS_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("RELAIS_ORIGINS")
HTTPS = env.flag("RELAIS_HTTPS")

DATABASES = {"default": env.database("DATABASE_URL", DATA / "relais.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "relais.kernel",
    "relais.journal",
    "relais.accounts",
    "relais.places",
    "relais.organisations",
    "relais.programmes",
    "relais.people",
    "relais.procedures",
    "relais.directory",
    "relais.cases",
    "relais.missions",
    "relais.barriers",
    "relais.roundtables",
    "relais.reports",
    "relais.packs",
    "relais.api",
    "relais.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "relais.accounts.middleware.LeaveNothingInTheBrowser",
    "relais.accounts.middleware.SpeakTheirLanguage",
    "relais.accounts.middleware.KeepWhatWasTyped",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "relais.accounts.middleware.FirstThingsFirst",
    "relais.web.middleware.AtTheProgrammesHour",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "relais.web.refusals.AnswerRefusals",
]

ROOT_URLCONF = "relais.config.urls"
WSGI_APPLICATION = "relais.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "relais" / "web" / "templates"],  # our pages of allauth come before its own
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "relais.web.templatetags.relais"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "relais.web.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "relais.web.forms.Renderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "relais.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"login": "relais.accounts.sign_in.SignInForm"}
ACCOUNT_LOGOUT_ON_GET = False
# One owner of the lock-out rule: relais/accounts/lockout.py counts failures for a name from an address. A room of volunteers
# shares one address, so sign-ins from it are not limited; wrong one-time codes are, for the account whose password was right.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Relais"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
RELAIS_MFA_GRACE_DAYS = env.number("RELAIS_MFA_GRACE_DAYS", -1 if RELAIS_DEMO else 14)
RELAIS_PROXIES = env.number("RELAIS_PROXIES", 0)
AXES_HANDLER = "relais.accounts.lockout.Handler"
AXES_USERNAME_CALLABLE = "relais.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "relais.accounts.lockout.place_tried_from"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "web/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

vars().update(env.mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.text("RELAIS_MAIL_FROM", "relais@localhost")

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "relais.accounts.views.form_out_of_date"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
# Our words before those of others: an app's own `locale/` alone gives way to the apps listed above it.
LOCALE_PATHS = sorted((ROOT / "relais").glob("*/locale"))
LANGUAGE_COOKIE_NAME = "relais_language"
FORMAT_MODULE_PATH = ["relais.kernel.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = env.folder("RELAIS_STATIC_ROOT", ROOT / "relais" / "web" / "published")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.folder("RELAIS_FILES", DATA / "files")

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("RELAIS_LOG", "WARNING")},
    "loggers": {"axes": {"level": "ERROR"}},  # it would write down who tried to sign in
}
SILENCED_SYSTEM_CHECKS = [
    "axes.W003",  # allauth's backend stands behind axes' own, as axes asks
]
_("Relais")  # the product's own name, so that each language may write it in its script
