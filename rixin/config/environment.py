"""Reads what the environment says, and says clearly what is wrong with it before anything starts."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

NOTHING = environ.Env.NOTSET
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
A_KEY = "openssl rand -base64 32 | tr '+/' '-_'"
TRUTHS = {*environ.Env.BOOLEAN_TRUE_STRINGS, "0", "false", "off", "no", "n", ""}


class Environment(environ.Env):
    """The environment; a value that cannot be read is named with the setting it was given for."""

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        given = os.environ.get(var, "").strip()
        if cast is bool and given.lower() not in TRUTHS:
            raise ImproperlyConfigured(f"{var}={given} is neither yes nor no. Use 1 or 0.")
        try:
            return super().get_value(var, cast, default, parse_default)
        except ValueError as wrong:
            raise ImproperlyConfigured(f"{var}={given} is not a whole number.") from wrong

    def number(self, var: str, *, default: int, least: int, most: int | None = None) -> int:
        """A whole number from `least` to `most`."""
        value: int = self.int(var, default=default)
        if value < least or (most is not None and value > most):
            bounds = f"at least {least}" if most is None else f"{least} to {most}"
            raise ImproperlyConfigured(f"{var}={value} is out of range: {bounds}.")
        return value


DATABASE_DEFAULTS: dict[str, dict[str, Any]] = {
    # An acknowledged report is never lost: FULL survives a power cut, IMMEDIATE avoids failed read-then-write.
    "sqlite": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
    },
    "postgresql": {"pool": {"min_size": 1, "max_size": 10, "timeout": 20}},
}


def database(env: environ.Env, data_dir: Path) -> dict[str, Any]:
    """Django's settings for DATABASE_URL (default: SQLite in `data_dir`)."""
    try:
        settings: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=f"sqlite:///{data_dir / 'rixin.sqlite3'}"))
    except Exception as wrong:
        raise ImproperlyConfigured(
            "DATABASE_URL is not a database address. Use postgres://user:password@host:5432/name or sqlite:////full/path."
        ) from wrong
    if not settings.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://user:password@host:5432/name")
    # A folder with the server's socket stands percent-coded where the host does: postgres://%2Frun%2Fpostgresql/name
    settings["HOST"] = unquote(settings.get("HOST") or "")
    for engine, options in DATABASE_DEFAULTS.items():
        if settings["ENGINE"].endswith(engine) or settings["ENGINE"].endswith(f"{engine}3"):
            settings["OPTIONS"] = {**options, **settings.get("OPTIONS", {})}
            return settings
    raise ImproperlyConfigured(f"DATABASE_URL: {settings['ENGINE']} is not supported. Use sqlite:// or postgres://.")


def folder(name: str, env: environ.Env, default: Path) -> Path:
    """The folder from the environment, made if it is missing. Empty is as good as not set, not the folder one is in."""
    path = Path(env.str(name, default="") or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise ImproperlyConfigured(f"{name}={path} cannot be made: {wrong.strerror}. Choose another folder.") from wrong
    return path


def catalogue_dir(env: environ.Env, bundled: Path) -> Path:
    path = Path(env.str("CATALOGUE_DIR", default=str(bundled))).resolve()
    if not path.is_dir():
        raise ImproperlyConfigured(f"CATALOGUE_DIR={path} is no folder. Leave it out for the bundled definitions.")
    return path


def public_url(env: Environment) -> str:
    """The address that residents use, without a slash at the end."""
    port = env.number("PORT", default=8000, least=1, most=65535)
    given: str = env.str("PUBLIC_URL", default=f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"PUBLIC_URL={given} is no address of a site. Write it as https://xihuma.example.cn")
    return given


THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]


def host_names(env: environ.Env) -> list[str]:
    """Those given, and the machine's own: a probe of /healthz beside the program knows no other."""
    names: list[str] = env.list("ALLOWED_HOSTS", default=["testserver"])
    if wrong := next((name for name in names if "/" in name or " " in name.strip()), None):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS: “{wrong}” is no host name. Leave out http:// and what follows it.")
    return [*THIS_MACHINE, *(name.strip() for name in names if name.strip())]


def log_level(env: environ.Env) -> str:
    level: str = env.str("LOG_LEVEL", default="WARNING").upper()
    if level not in LOG_LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL={level} is not known. Use one of {', '.join(LOG_LEVELS)}.")
    return level


def secret_key(env: environ.Env, data_dir: Path) -> str:
    recipe = "openssl rand -hex 32"
    given = _demanded("SECRET_KEY", env, data_dir, recipe)
    if len(given) < 32:
        raise ImproperlyConfigured(f"SECRET_KEY has {len(given)} characters; it needs at least 32. Make one: {recipe}")
    return given


def _demanded(name: str, env: environ.Env, data_dir: Path, recipe: str) -> str:
    """The secret from the environment; for a first try on one machine, one made once and kept beside the database."""
    given: str = env.str(name, default="")
    if not given and env.bool("PRODUCTION", default=False):
        raise ImproperlyConfigured(f"{name} is not set. Make one with: {recipe}")
    return given or _kept(data_dir / name.lower())


def field_keys(env: environ.Env, data_dir: Path) -> list[bytes]:
    """Keys for personal data, newest first: 32 bytes each, base64, commas between. The first encrypts, all decrypt."""
    given = _demanded("FIELD_KEYS", env, data_dir, A_KEY)
    try:
        keys = [base64.urlsafe_b64decode(part.strip()) for part in given.split(",")]
    except ValueError as wrong:
        raise ImproperlyConfigured(f"FIELD_KEYS is not base64. Make one with: {A_KEY}") from wrong
    if bad := [len(key) for key in keys if len(key) != 32]:
        raise ImproperlyConfigured(f"FIELD_KEYS: each key needs 32 bytes, one has {bad[0]}. Make one with: {A_KEY}")
    return keys


def _kept(path: Path) -> str:
    if not path.exists():
        made = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        # Written aside and linked: of two processes that start together one makes the key and both read it whole.
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(0o600)
        fresh.write_text(made, encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()
