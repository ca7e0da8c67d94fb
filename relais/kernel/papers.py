"""Papers to print: a Typst document and what it says, drawn and sent so that nothing of it stays behind in a browser."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

DRAWN_BY = re.compile(rb"Typst \d+\.\d+\.\d+")


def draw(document: Path, told: Mapping[str, Any]) -> bytes:
    """Draw a document as PDF; it finds what it says as JSON under its own name (`sys.inputs.card` in card.typ).

    Whoever finds the paper learns nothing of where it was made: documents say `#set document(date: none)`, and the name and
    version of what drew it give way to ours, in as many letters, since a PDF counts its bytes.
    """
    drawn = bytes(typst.compile(str(document), sys_inputs={document.stem: json.dumps(told)}))
    return DRAWN_BY.sub(lambda found: b"Relais".ljust(len(found[0])), drawn)


def sent(drawn: bytes, name: str) -> HttpResponse:
    """Send a PDF to be read in the browser; `name` is what it is called if someone keeps it, and names nobody."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)
