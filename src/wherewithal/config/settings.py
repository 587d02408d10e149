"""Settings from the environment; a missing one that matters is refused at the start, by name.

DATABASE_URL            the application's login (member of the role ``wherewithal_app``)
DATABASE_ROLE           the role it works as; empty only for set-up, which works as the owner
WHEREWITHAL_SECRET_KEY  signs sessions
WHEREWITHAL_HOSTS       host names it answers to, with commas
WHEREWITHAL_DEMO        1: made-up people, "Enter as", plain http
WHEREWITHAL_CARD_SECRET shared with the card provider, who signs each line with it (empty: no lines come)
EMAIL_URL               smtp://user:password@host:port (default: the console)
"""

import os
from logging import LogRecord
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {(__doc__ or '').split(name)[1].splitlines()[0].strip()}.")
    return value


def database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    role = os.environ.get("DATABASE_ROLE", "wherewithal_app")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 300,
        "OPTIONS": {
            # What is asked a second time is planned once and kept by the server (ADR 0003).
            "server_side_binding": True,
            "prepare_threshold": 1,
            **({"options": f"-c role={role}"} if role else {}),
        },
    }


HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "web"
DEMO = os.environ.get("WHEREWITHAL_DEMO") == "1"
DEBUG = False
SECRET_KEY = needed("WHEREWITHAL_SECRET_KEY")
WHEREWITHAL_CARD_SECRET = os.environ.get("WHEREWITHAL_CARD_SECRET", "")
ALLOWED_HOSTS = os.environ.get("WHEREWITHAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": database(needed("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "wherewithal.records",
    "wherewithal.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wherewithal.web.gate.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "wherewithal.web.who_asks.ByEmail",
]
ROOT_URLCONF = "wherewithal.config.urls"
WSGI_APPLICATION = "wherewithal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "wherewithal.web.templating.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wherewithal.web.typed.tokens",
            ],
        },
    },
    # allauth's remaining stock pages (we draw our own for those that people meet)
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("WHEREWITHAL_STATIC", HERE.parents[2] / ".data" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "wherewithal.web.gate.ByInvitation"
ACCOUNT_FORMS = {
    "login": "wherewithal.web.sign_in.SignInForm",
    "reset_password": "wherewithal.web.sign_in.ForgottenForm",
    "reset_password_from_key": "wherewithal.web.sign_in.NewPasswordForm",
    "change_password": "wherewithal.web.sign_in.ChangePasswordForm",
    "reauthenticate": "wherewithal.web.sign_in.SamePersonForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wherewithal"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: the first password comes by a link that we send
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SESSION_ENGINE = "wherewithal.web.who_asks"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after eight hours in any case
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_SSL_REDIRECT = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wherewithal.web.home.form_expired"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

_mail = urlsplit(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _mail.hostname
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
DEFAULT_FROM_EMAIL = os.environ.get("WHEREWITHAL_FROM", "no-reply@example.org")

# The audit: each event row carries its own verb, who and why, so that it needs no second table and is
# append-only whole; its id groups the rows of one action.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False


def in_one_line(record: LogRecord) -> bool:
    """Where something was refused nothing went wrong in here: no traceback."""
    if getattr(record, "status_code", 500) < 500:
        record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}},
    "formatters": {
        "dated": {
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",  # the hour that comes twice in October is told apart
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["refusals"], "formatter": "dated"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

PROCRASTINATE_IMPORT_PATHS = ["wherewithal.config.jobs"]
