"""What everyone may read about a procedure, without an account and in their own language."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, override

from relais.kernel.pages import reads
from relais.procedures.cpsv import as_jsonld
from relais.procedures.leaflet import from_nothing, stations, totals
from relais.procedures.models import ProcedureVersion
from relais.procedures.rows import terms_of


@login_not_required
@reads
def procedure_public(request):
    """List every procedure in force."""
    versions = ProcedureVersion.objects.in_force().by_programme()
    page = Paginator(versions, 50).get_page(request.GET.get("page"))
    return render(request, "procedures/procedure_public.html", {"page": page})


@login_not_required
@reads
def procedure_leaflet(request, programme, key):
    """Say what a procedure in force asks, as a leaflet one can print and keep."""
    version = _in_force(programme, key)
    language = _language(request, version)
    content = terms_of(version)
    address = request.build_absolute_uri(f"{request.path}?lang={language}")
    with override(language):
        context = {
            "version": version,
            "procedure": version.procedure,
            "stations": stations(content, version.procedure.attributes),
            "totals": totals(content),
            "from_nothing": from_nothing(content),
            "written_in": language,
            "languages": _languages(version),
            "is_bidi": get_language_info(language)["bidi"],
            "address": address,
            "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=3, border=2, light="#fff")),  # noqa: S308
        }
    return render(request, "procedures/procedure_leaflet.html", context)


@login_not_required
@reads
def procedure_jsonld(request, programme, key):
    """Give a procedure in force as CPSV-AP, for other public services to read."""
    version = _in_force(programme, key)
    address = request.build_absolute_uri(request.path.removesuffix("cpsv.jsonld"))
    document = as_jsonld(version, terms_of(version), address)
    return JsonResponse(document, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _in_force(programme, key):
    versions = ProcedureVersion.objects.in_force().with_everything()
    return get_object_or_404(versions, procedure__programme__slug=programme, procedure__key=key)


def _languages(version):
    """Offer the programme's languages, and those of the pages, as far as the procedure is written in them."""
    codes = dict.fromkeys([*version.procedure.programme.languages, *(code for code, _name in settings.LANGUAGES)])
    return [
        (code, get_language_info(code)["name_local"].capitalize())
        for code in codes
        if version.procedure.names.get(code)
    ]


def _language(request, version):
    """Choose the language asked for, else the reader's, else the first one the procedure is written in."""
    written = [code for code, _name in _languages(version)]
    wanted = (request.GET.get("lang"), get_language())
    return next((code for code in wanted if code in written), next(iter(written), "en"))
