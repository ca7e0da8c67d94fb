"""A procedure as CPSV-AP 3.2 and CCCEV 2 in JSON-LD, so that other public services can read it.

The service is a `cpsv:PublicService` of a `cv:PublicOrganisation`; each step is a `cpsv:Rule` it follows and, where one goes,
a `cv:Channel`; what is asked is a `cccev:Criterion` with its `cccev:EvidenceTypeList`s; what it costs a `cv:Cost`.
SEMIC, https://semiceu.github.io/CPSV-AP/releases/3.2.0/ and https://semiceu.github.io/CCCEV/releases/2.00/.
"""

from collections.abc import Mapping
from typing import Any

from relais.procedures.describe import condition_words
from relais.procedures.models import ProcedureVersion
from relais.procedures.terms import EvidenceType, Requirement, Step, Version

CONTEXT: dict[str, Any] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "cccev": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
}
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
ISO3 = {"en": "ENG", "fr": "FRA", "ar": "ARA", "ru": "RUS", "ky": "KIR", "es": "SPA", "zh": "ZHO"}


def as_jsonld(row: ProcedureVersion, version: Version, address: str) -> dict[str, Any]:
    """Give one version as a JSON-LD document whose identifiers begin with the address of its public page."""
    procedure, service = row.procedure, row.procedure.service
    authority = {
        "id": f"{address}#authority",
        "type": "cv:PublicOrganisation",
        "dct:title": _texts(service.authority.names),
        "dct:identifier": service.authority.slug,
        "skos:prefLabel": _texts(service.authority.names),
        "dct:spatial": {"id": COUNTRY + procedure.programme.country.code},
    }
    document = {
        "id": address,
        "type": "cpsv:PublicService",
        "dct:identifier": f"{procedure.programme.slug}/{procedure.key}/{row.number}",
        "dct:title": _texts(procedure.names),
        "dct:description": _texts(procedure.about or service.about or procedure.names),
        "cv:hasCompetentAuthority": authority,
        "dct:language": [{"id": LANGUAGE + ISO3[code]} for code in procedure.names if code in ISO3],
        "cpsv:follows": [_rule(step, place, address) for place, step in enumerate(version.steps, 1)],
        "cv:hasChannel": [_channel(step, address) for step in version.steps],
        "cv:hasCost": [_cost(step, version, address) for step in version.steps if step.fee],
        "cv:holdsRequirement": [_criterion(each, procedure.attributes, address) for _step, each in version.asked()],
        "cpsv:hasInput": [_evidence(paper, address) for paper in version.evidence_types],
        "cv:processingTime": f"P{sum(step.waiting_days for step in version.steps)}D",
    }
    if row.in_force_from:
        document["dct:issued"] = {"@value": row.in_force_from.isoformat(), "@type": "xsd:date"}
    return {"@context": CONTEXT, **{key: value for key, value in document.items() if value != []}}


def _texts(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": words, "@language": language} for language, words in names.items() if words]


def _rule(step: Step, place: int, address: str) -> dict[str, Any]:
    return {
        "id": f"{address}#step-{step.key}",
        "type": "cpsv:Rule",
        "dct:identifier": f"{place}-{step.key}",
        "dct:title": _texts(step.names),
        "dct:description": _texts(step.about or step.names),
    }


def _channel(step: Step, address: str) -> dict[str, Any]:
    channel: dict[str, Any] = {
        "id": f"{address}#channel-{step.key}",
        "type": "cv:Channel",
        "dct:identifier": f"{step.channel}-{step.key}",
        "dct:description": _texts(step.place or step.names),
    }
    return channel


def _cost(step: Step, version: Version, address: str) -> dict[str, Any]:
    cost: dict[str, Any] = {
        "id": f"{address}#cost-{step.key}",
        "type": "cv:Cost",
        "dct:identifier": f"cost-{step.key}",
        "dct:description": _texts(step.names),
        "cv:value": {"@value": str(step.fee), "@type": "xsd:decimal"},
    }
    return cost | ({"cv:currency": {"id": CURRENCY + version.currency}} if version.currency else {})


def _criterion(requirement: Requirement, attributes: Mapping[str, Any], address: str) -> dict[str, Any]:
    criterion: dict[str, Any] = {
        "id": f"{address}#requirement-{requirement.key}",
        "type": "cccev:Criterion",
        "dct:identifier": requirement.key,
        "cccev:name": _texts(requirement.names),
        "dct:description": _texts(requirement.why or requirement.names),
        "cccev:hasEvidenceTypeList": [
            {
                "id": f"{address}#list-{requirement.key}-{place}",
                "type": "cccev:EvidenceTypeList",
                "dct:identifier": f"{requirement.key}-{place}",
                "cccev:specifiesEvidenceType": [{"id": f"{address}#evidence-{key}"} for key in sorted(each)],
            }
            for place, each in enumerate(requirement.lists, 1)
        ],
    }
    if requirement.condition:
        # The vocabulary has no conditions; the sentence people read stands in its place.
        criterion["skos:scopeNote"] = condition_words(requirement.condition, attributes)
    return criterion


def _evidence(paper: EvidenceType, address: str) -> dict[str, Any]:
    return {
        "id": f"{address}#evidence-{paper.key}",
        "type": "cccev:EvidenceType",
        "dct:identifier": paper.key,
        "dct:title": _texts(paper.names),
        "dct:description": _texts(paper.about or paper.names),
    }
