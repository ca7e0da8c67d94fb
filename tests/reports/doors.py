"""Who reads the reports."""

from tests.doors import Door
from tests.programmes.doors import PARTNERS, here


def way(world):
    return [world.procedure.pk]


DOORS = {
    "reports:list": Door(rest=200),
    "reports:programme": [Door(args=here, **PARTNERS), Door(args=here, query="?months=24", **PARTNERS)],
    "reports:journey": [Door(args=way, **PARTNERS), Door(args=way, query="?by=sex", **PARTNERS)],
    "reports:journey_export": [
        Door(args=way, coordinator=200, evidence_officer=200),
        Door("post", args=way, data=lambda _: {"kind": "xes"}, coordinator=422, evidence_officer=422),
    ],
    "reports:figure": Door(args=here, **PARTNERS),
}
