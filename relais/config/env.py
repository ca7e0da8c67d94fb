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
