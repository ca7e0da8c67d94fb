"""Reads settings from the environment, typed, with the name and the remedy in every error."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class WrongSetting(SystemExit):
    """A setting cannot be used; the text says which, why, and what to write."""


def text(name: str, default: str = "") -> str:
    """Read words; `NAME_FILE` may hold the path of a file with them."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes or a no."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "true", "false", "1", "0", "on", "off"}:
        raise WrongSetting(f"{name} is {value!r}; write yes or no.")
    return value in {"yes", "true", "1", "on"}


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit():
        raise WrongSetting(f"{name} is {value!r}; write a whole number.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Read a path."""
    return Path(text(name, str(default))).expanduser()


def database(name: str, default: Path) -> dict[str, object]:
    """Read `postgres://user:password@host:port/name`, else use an SQLite file made to be durable."""
    address = text(name)
    if not address:
        return sqlite(default)
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSetting(f"{name} starts with {parts.scheme!r}; write postgres://user:password@host:port/name.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, object]:
    """Give an SQLite database that keeps what it acknowledged, through a power cut too."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,  # what a connection holds in memory of the file serves the next page too
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # secure_delete: the destroyed key of someone who was forgotten must not lie on in a freed page.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;"
            ),
        },
    }


def mail(name: str) -> dict[str, object]:
    """Read `smtp://user:password@host:port`, or `smtps://` where the line is encrypted from the start; else no mail."""
    address = text(name)
    if not address:
        return {"RELAIS_MAIL": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme == "console":
        return {"RELAIS_MAIL": True, "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSetting(f"{name} starts with {parts.scheme!r}; write smtp://user:password@host:port.")
    here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return {
        "RELAIS_MAIL": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25 if here else 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not here,  # a password never crosses a network in clear
        "EMAIL_TIMEOUT": 10,
    }
