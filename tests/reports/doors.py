"""Who reads the reports."""

from tests.doors import Door
from tests.programmes.doors import PARTNERS, here

DOORS = {
    "reports:list": Door(rest=200),
    "reports:programme": [Door(args=here, **PARTNERS), Door(args=here, query="?months=24", **PARTNERS)],
    "reports:figure": Door(args=here, **PARTNERS),
}
