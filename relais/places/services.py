"""Putting territories on the map: a country with its subdivisions, and the levels a pack adds below."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from relais.journal import services as journal
from relais.kernel.refusals import Refusal
from relais.places import iso3166
from relais.places.models import Territory

LONGEST_PATH = 300


@transaction.atomic
def load_country(*, code: str, languages: Sequence[str] = iso3166.LANGUAGES, by: Any = None) -> Territory:
    """Put a country and its subdivisions on the map, or bring their names up to date."""
    code = code.strip().upper()
    try:
        described = iso3166.country(code, languages)
    except iso3166.NoSuchCountry:
        raise Refusal(
            _("There is no country with the code %(code)s.") % {"code": code},
            next=_("Write the two letters of ISO 3166-1, for example KG or SN; XK for Kosovo."),
        ) from None
    note = iso3166.KOSOVO_NOTE if code == iso3166.KOSOVO else {}
    country = _put(code=code, names=described.names, kind="country", parent=None, note=note)
    known = {code: country}
    for place in iso3166.subdivisions(code, languages):
        parent = known[place.parent or code]
        known[place.code] = _put(code=place.code, names=place.names, kind=place.kind, parent=parent, note={})
    journal.write("country.loaded", country, by=by, code=code, places=len(known))
    return country


@transaction.atomic
def add_territory(
    *,
    code: str,
    names: Mapping[str, str],
    parent: Territory,
    kind: str,
    note: Mapping[str, str] | None = None,
    by: Any = None,
) -> Territory:
    """Add a district, commune or village inside another territory, or bring it up to date; the code says which."""
    known = Territory.objects.filter(code=code).first()
    if known and known.parent_id != parent.pk:
        raise Refusal(
            _("%(code)s already lies inside another territory.") % {"code": code},
            next=_("Give the new territory a code of its own."),
        )
    territory = _put(code=code, names=names, kind=kind, parent=parent, note=note or {})
    journal.write("territory.added", territory, by=by, code=code, inside=parent.code)
    return territory


def _put(
    *, code: str, names: Mapping[str, str], kind: str, parent: Territory | None, note: Mapping[str, str]
) -> Territory:
    path = f"{parent.path}/{code}" if parent else code
    if "/" in code or len(path) > LONGEST_PATH:
        raise Refusal(_("The code %(code)s cannot be used: it is too long or holds a slash.") % {"code": code})
    known = Territory.objects.filter(code=code).first()
    merged = {**(known.names if known else {}), **names}
    values = {
        "names": merged,
        "kind": kind,
        "parent": parent,
        "level": parent.level + 1 if parent else 0,
        "path": path,
        "note": dict(note) or (known.note if known else {}),
    }
    territory, _new = Territory.objects.update_or_create(code=code, defaults=values)
    return territory
