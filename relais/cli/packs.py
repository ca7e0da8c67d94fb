"""`relais pack`: check, install, list and export programmes."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from rich.table import Table

from relais.cli.console import plain, writing
from relais.kernel.refusals import Refusal
from relais.kernel.text import pick
from relais.packs.export import export_programme
from relais.packs.reader import Pack, read_pack
from relais.packs.services import install_pack
from relais.procedures.toml import Faulty
from relais.programmes.models import Programme

app = typer.Typer(name="pack", help="Programmes as folders of text files.", no_args_is_help=True)
out = plain()

Folder = Annotated[str, typer.Argument(help="a folder, or the name of one in packs/")]


def find(name: str) -> Path:
    """Find a pack by its folder or by its name."""
    for folder in (Path(name), settings.RELAIS_PACKS_DIR / name):
        if folder.is_dir():
            return folder
    known = ", ".join(sorted(path.parent.name for path in settings.RELAIS_PACKS_DIR.glob("*/pack.toml")))
    raise Refusal(
        _("There is no pack called %(name)s.") % {"name": name}, next=_("Name a folder, or one of: %s.") % known
    )


def load(name: str) -> Pack:
    """Read a pack, or show every fault and stop."""
    try:
        return read_pack(find(name))
    except Faulty as faulty:
        for fault in faulty.faults:
            out.print(str(fault), soft_wrap=True, highlight=False)
        raise Refusal(
            _("The pack was not taken: %(count)s faults.") % {"count": len(faulty.faults)},
            next=_("Correct the lines above and try again; nothing was changed."),
        ) from faulty


@app.command()
def check(pack: Folder) -> None:
    """Say what is wrong in a pack, file and line; change nothing."""
    found = load(pack)
    out.print(f"{found.name} {found.one('pack')['version']}: no fault found.")


@app.command()
def install(pack: Folder) -> None:
    """Install a programme, or bring an installed one up to date; all of it or nothing."""
    programme = install_pack(pack=load(pack))
    out.print(f"{programme.slug}: {pick(programme.names, 'en')} is installed.")


@app.command("list")
def list_packs() -> None:
    """List the packs at hand, and which are installed."""
    installed = {programme.pack: programme for programme in Programme.objects.all()}
    table = Table("pack", "version", "installed", "programme")
    for path in sorted(settings.RELAIS_PACKS_DIR.glob("*/pack.toml")):
        pack = load(str(path.parent))
        known = installed.get(pack.name)
        version = known.pack_version if known else "-"
        table.add_row(pack.name, pack.one("pack")["version"], version, pick(pack.one("pack")["names"], "en"))
    out.print(table)


@app.command()
def export(
    programme: Annotated[str, typer.Argument(help="the short name of an installed programme")],
    folder: Annotated[Path, typer.Argument(help="where to write; must not exist")],
) -> None:
    """Write an installed programme back as a pack: its rules and texts, none of its people."""
    found = Programme.objects.filter(slug=programme).first()
    if found is None:
        raise Refusal(_("No programme is called %s.") % programme, next=_("See `relais pack list`."))
    if folder.exists():
        raise Refusal(_("%s is there already.") % folder, next=_("Name a folder that does not exist yet."))
    files = export_programme(found)
    for name, text in files.items():
        path = folder / name
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    out.print(f"{folder}: {len(files)} files.")
