"""What is kept as the proof of a consent: the name of a witness, a recorded voice, or the picture of a signature or thumb."""

import base64
import json
from dataclasses import dataclass
from typing import Self

LARGEST = 1024 * 1024


def suffix_of(kind: str) -> str:
    """Give the end of a file's name for a kind of content, from letters and digits alone.

    >>> suffix_of("audio/webm;codecs=opus"), suffix_of("image/../x")
    ('webm', 'bin')
    """
    end = kind.partition("/")[2].partition(";")[0]
    return end if end.isascii() and end.isalnum() else "bin"


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of one consent, before it is sealed and after it is opened.

    >>> Proof.from_bytes(Proof(witness="Zarina").as_bytes())
    Proof(witness='Zarina', kind='', data=b'')
    """

    witness: str = ""
    kind: str = ""
    data: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.witness or self.data)

    def as_bytes(self) -> bytes:
        """Write the proof as it is sealed."""
        held = {"witness": self.witness, "kind": self.kind, "data": base64.b64encode(self.data).decode()}
        return json.dumps(held, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """Read the proof as it was sealed."""
        held = json.loads(opened)
        return cls(held["witness"], held["kind"], base64.b64decode(held["data"]))
