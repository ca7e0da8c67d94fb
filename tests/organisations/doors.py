"""Who opens the pages of organisations."""

from tests.doors import Door
from tests.organisations.factories import ApiTokenFactory, InvitationFactory, LentLineFactory

RUNS_IT = {"coordinator": 200, "administrator": 200}
DOES_IT = {"coordinator": 302, "administrator": 302}
TURNED_AWAY = {"coordinator": 422, "administrator": 422}


def furnish(world):
    place = {"organisation": world.organisation}
    world.invitation = InvitationFactory(**place, token="a-token-that-works-once", created_by=world.coordinator)
    world.line = LentLineFactory(**place)
    world.token = ApiTokenFactory(**place, created_by=world.coordinator)
    world.member = world.companion.memberships.get()


def here(world):
    return [world.organisation.pk]


def member(world):
    return [world.member.pk]


DOORS = {
    "organisations:list": Door(rest=200),
    "organisations:detail": Door(args=here, rest=200),
    "organisations:edit": [Door(args=here, **RUNS_IT), Door("post", args=here, data=lambda _: {"x": 1}, **TURNED_AWAY)],
    "organisations:members": Door(args=here, **RUNS_IT),
    "organisations:invite": [
        Door(args=here, **RUNS_IT),
        Door("post", args=here, data=lambda _: {"x": 1}, **TURNED_AWAY),
        Door("post", args=here, data=lambda _: {"role": "relay", "days": 7}, **RUNS_IT),
    ],
    "organisations:lines": [
        Door(args=here, **RUNS_IT),
        Door("post", args=here, data=lambda _: {"x": 1}, **TURNED_AWAY),
    ],
    "organisations:tokens": [
        Door(args=here, **RUNS_IT),
        Door("post", args=here, data=lambda _: {"x": 1}, **TURNED_AWAY),
        Door("post", args=here, data=lambda _: {"name": "Sheet", "role": "companion"}, **RUNS_IT),
    ],
    "organisations:join": [
        Door(args=lambda _: ["a-token-that-works-once"], visitor=200, person=200, rest=200),
        Door(args=lambda _: ["no-such-token"], visitor=410, person=410, rest=410),
    ],
    "organisations:withdraw": Door("post", args=lambda world: [world.invitation.pk], **DOES_IT),
    "organisations:member": Door(args=member, **RUNS_IT),
    "organisations:change": Door("post", args=member, data=lambda _: {"role": "relay"}, **DOES_IT),
    "organisations:end": Door("post", args=member, **DOES_IT),
    "organisations:recover": Door("post", args=member, data=lambda _: {"reason": ""}, **RUNS_IT),
    "organisations:end_line": Door("post", args=lambda world: [world.line.pk], **DOES_IT),
    "organisations:keep": Door("post", args=lambda world: [world.token.pk], **DOES_IT),
    "organisations:revoke": Door("post", args=lambda world: [world.token.pk], **DOES_IT),
}
