"""Read a log with pm4py, in a process of its own because of its banner and warnings; print what it found as JSON."""

import json
import sys
import warnings


def main(file):
    """Print how many events, objects and relations a log holds."""
    warnings.simplefilter("ignore")
    import pm4py

    log = (pm4py.read_ocel2_sqlite if file.endswith(".sqlite") else pm4py.read_ocel2_json)(file)
    found = {
        "events": len(log.events),
        "objects": len(log.objects),
        "event_object": len(log.relations),
        "object_object": len(log.o2o),
        "types": sorted(log.objects["ocel:type"].unique()),
        "qualifiers": sorted(log.relations["ocel:qualifier"].unique()),
    }
    print("FOUND" + json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
