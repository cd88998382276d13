"""Django settings. What an operator may set is listed in docs/reference/settings.md."""

from pathlib import Path

from csp.constants import NONE, SELF

from tanxin.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env.home(PACKAGE.parent.parent / "var" / "demo")

DEMO = env.flag("DEMO")
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(HOME / "secret_key")
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "tanxin.apps.realms",
    "tanxin.apps.sealing",
    "tanxin.apps.audit",
    "tanxin.apps.accounts",
    "tanxin.apps.org",
    "tanxin.apps.archive",
    "tanxin.apps.duties",
    "tanxin.apps.plans",
    "tanxin.apps.talks",
    "tanxin.apps.issues",
    "tanxin.apps.appraisal",
    "tanxin.apps.oversight",
    "tanxin.apps.reports",
    "tanxin.apps.retention",
    "tanxin.apps.notices",
    "tanxin.apps.learning",
    "tanxin.web",
    "tanxin.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tanxin.web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tanxin.web.middleware.PreferenceMiddleware",
    "tanxin.web.middleware.ActorMiddleware",
    "tanxin.web.middleware.RefusalMiddleware",
    "tanxin.web.marking_door.MarkingDoor",
]

ROOT_URLCONF = "tanxin.config.urls"
WSGI_APPLICATION = "tanxin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tanxin.web.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(HOME / "tanxin.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "login:login"
LOGIN_REDIRECT_URL = "home:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tanxin.web.login.password_rules.NotGuessedFirst"},
]

# Of allauth only the second factors are used; see docs/decisions/0008-second-factors.md. Its login,
# mail addresses and limits are not, so nothing of it is routed and its other tables stay empty.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "tanxin.apps.accounts.second_factor.adapter.SealingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

SECURE = not DEMO and not env.flag("PLAIN_HTTP")
SESSION_ENGINE = "tanxin.web.login.session_store"
# With the prefix no other host of the domain can set it; without TLS browsers refuse the prefix.
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tanxin.web.errors.not_from_our_page"
SECURE_SSL_REDIRECT = SECURE and not env.flag("BEHIND_TLS_PROXY")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_TLS_PROXY") else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Rosters are read from memory; nothing uploaded is written to a temporary file.
FILE_UPLOAD_HANDLERS = ["tanxin.web.uploads.CappedUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = env.flag("STATIC_FROM_SOURCE")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

TANXIN_HOME = HOME
TANXIN_DEMO = DEMO
TANXIN_KEEPER_SOCKET = env.text("KEEPER_SOCKET", str(HOME / "keeper" / "keeper.sock"))
TANXIN_SESSION_IDLE_MINUTES = int(env.text("SESSION_IDLE_MINUTES", "45" if DEMO else "15"))
TANXIN_SESSION_HOURS = int(env.text("SESSION_HOURS", "8"))
TANXIN_CHECKPOINTS = env.text("CHECKPOINTS", str(HOME / "checkpoints"))
TANXIN_BLOBS = env.text("BLOBS", str(HOME / "blobs"))
# Without a mail server nobody is written to; what waits stands on everybody's page of things to do.
EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = int(env.text("MAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD")
EMAIL_USE_TLS = env.text("MAIL_TLS") == "starttls"
EMAIL_USE_SSL = env.text("MAIL_TLS") == "tls"
EMAIL_TIMEOUT = 20
TANXIN_MAIL_FROM = env.text("MAIL_FROM", "tanxin@localhost")
# Each of these is off until its secret is set; a vendor's server may be one's own.
TANXIN_WECOM = {
    "api": env.text("WECOM_API", "https://qyapi.weixin.qq.com"),
    "corp": env.text("WECOM_CORP_ID"),
    "agent": env.text("WECOM_AGENT_ID"),
    "secret": env.text("WECOM_SECRET"),
}
TANXIN_DINGTALK = {
    "api": env.text("DINGTALK_API", "https://oapi.dingtalk.com"),
    "key": env.text("DINGTALK_APP_KEY"),
    "agent": env.text("DINGTALK_AGENT_ID"),
    "secret": env.text("DINGTALK_APP_SECRET"),
}
TANXIN_FEISHU = {
    "api": env.text("FEISHU_API", "https://open.feishu.cn"),
    "app": env.text("FEISHU_APP_ID"),
    "id_type": env.text("FEISHU_ID_TYPE", "user_id"),
    "secret": env.text("FEISHU_APP_SECRET"),
}
TANXIN_WEBHOOK = {"url": env.text("WEBHOOK_URL"), "secret": env.text("WEBHOOK_SECRET")}
TANXIN_SITE = env.text("SITE", "http://localhost:8000/")
TANXIN_CERTIFICATE_ROOTS = env.text("CERTIFICATE_ROOTS")
TANXIN_CERTIFICATE_PROVIDER = env.text("CERTIFICATE_PROVIDER")
TANXIN_CSV_EXPORT = env.flag("CSV_EXPORT")
TANXIN_FONTS = env.text("FONTS")
TANXIN_CONFIRM_WITHIN_DAYS = int(env.text("CONFIRM_WITHIN_DAYS", "10"))
TANXIN_LATE_ENTRY_DAYS = int(env.text("LATE_ENTRY_DAYS", "3"))
TANXIN_REQUEST_ANSWER_DAYS = int(env.text("REQUEST_ANSWER_DAYS", "5"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "tanxin.config.quiet_logs.WithoutWords",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DEFAULT_EXCEPTION_REPORTER = "tanxin.config.quiet_logs.ReporterWithoutLocals"
SILENCED_SYSTEM_CHECKS: list[str] = []
