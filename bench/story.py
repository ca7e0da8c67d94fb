"""The story of a draft on a large caseload, in a real browser: seconds from each key to what an official reads.

    relais bench story --cases 1000000 --database postgres

On an enlarged demonstration an official opens the draft studio, stops asking three things, reads whom that lets through and
shuts out, asks which three changes help most, prints the brief and puts the draft in force. Then a year is invented for the people
it spoke of (who passes mostly gets there, who is stopped mostly gives up), and the page that holds what was foretold against it is
opened as of that day. Pages are served by this process, so that its memory and its clock can be read and set.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

from bench.worlds import Tell, world

Row = dict[str, Any]


def measure(cases: int, databases: tuple[str, ...], tell: Tell) -> Iterator[Row]:
    """Play the story on each database."""
    for name in databases:
        with world(name, tell) as here:
            here.grow(cases, tell)
            yield {"database": name} | json.loads(here.run("bench.story", tell=tell))


def measure_here() -> Row:
    """Play it on the database this process is set to."""
    import django  # noqa: PLC0415 - the parent of this process has no database

    django.setup()
    from bench import played  # noqa: PLC0415

    return played.play()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    # Playwright keeps an event loop in this thread; Django would take each query for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    print(json.dumps(measure_here()))
