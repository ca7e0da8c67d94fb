"""Who opens the pages of training."""

from tests.doors import Door
from tests.missions.factories import CourseFactory, TrainingFactory


def furnish(world):
    world.course = CourseFactory(programme=world.programme, key="first-steps")
    world.training = TrainingFactory(course=world.course, user=world.companion, organisation=world.organisation)


HERE = ("companion", "other_companion", "relay", "coordinator", "authority", "evidence_officer", "administrator")
OPEN = dict.fromkeys(HERE, 200)
REFUSED = dict.fromkeys(HERE, 422)
ANSWERS = {"q1": "0", "q2": "0", "id": "0198a000-0000-7000-8000-000000000001"}

DOORS = {
    "missions:courses": Door(**OPEN, coordinator_elsewhere=200),
    "missions:course": [
        Door(args=lambda world: [world.course.pk], **OPEN),
        Door("post", args=lambda world: [world.course.pk], data=lambda _: {"q1": "0"}, **REFUSED),
        Door("post", args=lambda world: [world.course.pk], data=lambda _: ANSWERS, **OPEN),
    ],
    "missions:trained": Door(coordinator=200, coordinator_elsewhere=200),
    "missions:record": [
        Door(coordinator=200, coordinator_elsewhere=200),
        Door("post", data=lambda _: {"taken_on": ""}, coordinator=422, coordinator_elsewhere=422),
    ],
    "missions:certificate": Door(args=lambda world: [world.training.pk], companion=200, coordinator=200),
}
