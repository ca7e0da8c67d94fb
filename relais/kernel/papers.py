"""Papers to print: a Typst document and what it says, drawn and sent so that nothing of it stays behind in a browser."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse


def draw(document: Path, told: Mapping[str, Any]) -> bytes:
    """Draw a document as PDF; it finds what it says as JSON under its own name (`sys.inputs.card` in card.typ)."""
    return bytes(typst.compile(str(document), sys_inputs={document.stem: json.dumps(told)}))


def sent(drawn: bytes, name: str) -> HttpResponse:
    """Send a PDF to be read in the browser; `name` is what it is called if someone keeps it, and names nobody."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)
