"""The packs at hand, and what is wrong with one; installing is for the command line."""

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema

from relais.access.lock import require_any
from relais.access.verbs import Verb
from relais.api.shapes import Words
from relais.kernel.pages import reads
from relais.packs.reader import read_pack
from relais.procedures.toml import Faulty
from relais.programmes.models import Programme

router = Router(tags=["packs"])
Name = Annotated[str, Path(pattern=r"^[a-zA-Z0-9_-]+$", max_length=60)]


class PackOut(Schema):
    """A pack at hand, and the version installed, if any."""

    name: str
    version: str
    names: Words
    installed: str | None
    is_sound: bool


class FaultOut(Schema):
    """One mistake in a pack: where, what, and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str


class CheckOut(Schema):
    """Every mistake in a pack; none when it is sound."""

    name: str
    faults: list[FaultOut]


@router.get("packs", response=list[PackOut])
@reads
def pack_list(request: HttpRequest) -> Any:
    """List the packs at hand, and which are installed."""
    require_any(request.user, Verb.PACK_INSTALL)
    installed = dict(Programme.objects.values_list("pack", "pack_version"))
    return [_told(path.parent, installed) for path in sorted(settings.RELAIS_PACKS_DIR.glob("*/pack.toml"))]


def _told(folder: Any, installed: dict[str, str]) -> dict[str, Any]:
    known = {"name": folder.name, "installed": installed.get(folder.name)}
    try:
        pack = read_pack(folder).one("pack")
    except Faulty:
        return {**known, "version": "", "names": {}, "is_sound": False}
    return {**known, "version": str(pack["version"]), "names": pack["names"], "is_sound": True}


@router.get("packs/{slug:name}/check", response=CheckOut)
@reads
def pack_check(request: HttpRequest, name: Name) -> Any:
    """Say what is wrong in a pack, file and line; change nothing."""
    require_any(request.user, Verb.PACK_INSTALL)
    folder = settings.RELAIS_PACKS_DIR / name
    if not (folder / "pack.toml").is_file():
        raise Http404
    try:
        read_pack(folder)
    except Faulty as faulty:
        faults = [{key: getattr(each, key) for key in FaultOut.model_fields} for each in faulty.faults]
        return {"name": name, "faults": faults}
    return {"name": name, "faults": []}
