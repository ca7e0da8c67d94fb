"""Installs a pack whole or not at all."""

from django.db import transaction

from relais.access.lock import require_any
from relais.access.verbs import Verb
from relais.accounts.models import User
from relais.journal import services as journal
from relais.packs.reader import Pack
from relais.packs.services.content import put_courses, put_needs, put_offices, put_series
from relais.packs.services.partners import Installed, put_consent_texts, put_contributions, put_lent_lines, put_partners
from relais.places.services import add_territory, load_country
from relais.procedures.services import import_procedure
from relais.programmes.models import Programme
from relais.programmes.services import describe_interactions, describe_outcomes, install_programme


@transaction.atomic
def install_pack(*, pack: Pack, by: User | None = None) -> Programme:
    """Install a programme from its pack, or bring it up to date. `by` is None for the command line of the machine."""
    if by is not None:
        require_any(by, Verb.PACK_INSTALL)
    described, identity = pack.one("programme"), pack.one("pack")
    territories = {"": load_country(code=described["country"], by=by)}
    territories |= {place.code: place for place in territories[""].parts.all()}
    territories[described["country"]] = territories.pop("")
    for row in pack.rows("territories"):
        territories[row["code"]] = add_territory(
            code=row["code"], names=row["names"], parent=territories[row["parent"]], kind=row["kind"], by=by
        )
    programme = install_programme(
        **{**described, "country": territories[described["country"]]},
        pack=identity["name"],
        pack_version=identity["version"],
        by=by,
    )
    installed = Installed(programme=programme, territories=territories, by=by)
    put_partners(installed, pack)
    put_lent_lines(installed, pack)
    put_contributions(installed, pack)
    describe_interactions(programme=programme, rows=pack.rows("interactions"), by=by)
    describe_outcomes(programme=programme, rows=pack.rows("outcomes"), by=by)
    put_consent_texts(installed, pack)
    for written in pack.procedures:
        authority = installed.organisations[written.service.authority]
        installed.procedures[written.key] = import_procedure(
            written=written, programme=programme, authority=authority, by=by
        )
    put_offices(installed, pack)
    put_series(installed, pack)
    put_courses(installed, pack)
    put_needs(installed, pack)
    journal.write("pack.installed", programme, by=by, pack=identity["name"], version=identity["version"])
    return programme
