"""Who reads the journal."""

from tests.doors import Door

DOORS = {"journal:list": Door(coordinator=200, coordinator_elsewhere=200, authority=200, administrator=200)}
