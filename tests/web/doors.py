"""Who may open the pages of web."""

from tests.doors import Door

DOORS = {
    "web:home": Door(visitor=200, person=200, rest=200),
    "web:components": Door(visitor=404, person=404, administrator=200),
}
