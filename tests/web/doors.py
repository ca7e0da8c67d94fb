"""Who may open the pages of web."""

from tests.doors import Door

DOORS = {
    "web:home": Door(visitor=200, person=200, rest=200),
    "web:demo": Door(visitor=404, person=404),  # only a demonstration has it: test_views opens it there
    "web:demo_open": Door("post", args=lambda _: [1], visitor=404, person=404),
    "web:components": Door(visitor=404, person=404, administrator=200),
}
