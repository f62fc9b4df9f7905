"""Settings, all from environment variables. docs/operations/settings.md lists each; a test holds the two together."""

from pathlib import Path

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from rixin.config.environment import (
    DATABASE_DEFAULTS,
    Environment,
    catalogue_dir,
    database,
    field_keys,
    folder,
    host_names,
    log_level,
    public_url,
    secret_key,
)

PACKAGE = Path(__file__).resolve().parent.parent
env = Environment()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = folder("DATA_DIR", env, PACKAGE.parent / "var")
SECRET_KEY = secret_key(env, DATA_DIR)
FIELD_KEYS = field_keys(env, DATA_DIR)
ALLOWED_HOSTS = host_names(env)
PUBLIC_URL = public_url(env)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# How many proxies in front may be believed about the client's address (0: none, the peer is the client).
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=0, least=0, most=9)
DEMO = env.bool("DEMO", default=False)
# Published on the sign-in page; opens the demo's accounts only, and only while DEMO is on.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="wenxin-demo-2022")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_vite",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "rixin.config",
    "rixin.catalogue",
    "rixin.places",
    "rixin.people",
    "rixin.privacy",
    "rixin.triage",
    "rixin.registers",
    "rixin.facilities",
    "rixin.homes",
    "rixin.cases",
    "rixin.records",
    "rixin.rolls",
    "rixin.activities",
    "rixin.programmes",
    "rixin.walking",
    "rixin.topics",
    "rixin.liaison",
    "rixin.investment",
    "rixin.policies",
    "rixin.goals",
    "rixin.choosing",
    "rixin.documents",
    "rixin.filing",
    "rixin.bookings",
    "rixin.metrics",
    "rixin.reports",
    "rixin.channels",
    "rixin.desk",
    "rixin.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rixin.config.language.chosen_language",
    "rixin.config.errors.bounded_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "rixin.config.errors.explained_refusals",
    "rixin.config.outbox.redirects_told",
]

CSRF_FAILURE_VIEW = "rixin.config.errors.form_expired"
FORM_RENDERER = "rixin.config.forms.PageForms"
ROOT_URLCONF = "rixin.config.urls"
WSGI_APPLICATION = "rixin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "rixin.config.context.product",
                "rixin.desk.context.notices",
            ],
        },
    }
]

DATABASES = {"default": database(env, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "rixin.people.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "rixin.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "rixin.people.lockout.locked_answer"
# Whether administrators must have a second factor; those who have one are asked for it in any case.
REQUIRE_TOTP_FOR_ADMIN = env.bool("REQUIRE_TOTP_FOR_ADMIN", default=False)
OTP_TOTP_ISSUER = "Rixin"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SECURE_COOKIES = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE, "'wasm-unsafe-eval'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# Where the definitions lie: the bundled ones, or a copy that an office keeps and changes.
CATALOGUE_DIR = catalogue_dir(env, PACKAGE / "catalogue" / "wenxin")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "config" / "static", ("build", PACKAGE / "config" / "static_build")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# `rixin serve` copies and compresses the files; tests and a first look take them from where they are built.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "build" / "manifest.json").exists()
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_MAX_AGE = 3600
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = folder("MEDIA_ROOT", env, DATA_DIR / "media")
# The Parquet copy of the facts, and where Spark runs that reads it.
LAKE_DIR = Path(env.str("LAKE_DIR", default=str(DATA_DIR / "lake"))).resolve()
SPARK_MASTER = env.str("SPARK_MASTER", default="local[2]")
# Photos and files are never served by path: a view checks who asks (cases, channels).
MEDIA_URL = "/media-not-public/"
# What the front-end build writes: hashed files, their manifest, fonts of the posters.
FRONT_END_BUILD = PACKAGE / "config" / "static_build"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": FRONT_END_BUILD / "manifest.json",
        "static_url_prefix": "build",
    }
}

# Reports that residents may send in an hour, from one address and through one printed code, before a challenge is asked
# for. Many phones of a mobile network share one address.
REPORTS_PER_HOUR_ADDRESS = env.number("REPORTS_PER_HOUR_ADDRESS", default=60, least=1)
OPEN311_REQUESTS_PER_HOUR = env.number("OPEN311_REQUESTS_PER_HOUR", default=600, least=1)
# What the discovery of Open311 says of us.
OPEN311_JURISDICTION = env.str("OPEN311_JURISDICTION", default="wenxin.hangzhou")
OPEN311_CONTACT = env.str("OPEN311_CONTACT", default=f"{PUBLIC_URL}/your-data")
REPORTS_PER_HOUR_CODE = env.number("REPORTS_PER_HOUR_CODE", default=120, least=1)

# A language model behind an OpenAI-compatible address, to be asked about what the words do not sort. Off without one.
LANGUAGE_MODEL_URL = env.str("LANGUAGE_MODEL_URL", default="")
LANGUAGE_MODEL_NAME = env.str("LANGUAGE_MODEL_NAME", default="")
LANGUAGE_MODEL_KEY = env.str("LANGUAGE_MODEL_KEY", default="")
LANGUAGE_MODEL_SECONDS = env.number("LANGUAGE_MODEL_SECONDS", default=15, least=1, most=60)

# A posted form holds at most nine photos, already shrunk by the browser; without scripts they come as they were taken.
UPLOAD_MAX_MB = env.number("UPLOAD_MAX_MB", default=64, least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Photos of before and after, and files, nine each.
DATA_UPLOAD_MAX_NUMBER_FILES = 27

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    # Whoever asks for another site is refused with a page; a line for each robot would hide what matters.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
    "root": {"handlers": ["console"], "level": log_level(env)},
}
PRODUCT_NAME = _("Rixin")
SILENCED_SYSTEM_CHECKS = ["axes.W004"]
__all__ = ["DATABASE_DEFAULTS"]
