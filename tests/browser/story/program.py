"""A program of an organisation that sends through the API what a spreadsheet holds."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4


class Program:
    """Who holds a key of the API."""

    def __init__(self, address, key):
        """Remember where, and the key."""
        self.address, self.key = address, key

    def asks(self, path):
        """Read something."""
        return self._sends("GET", path)

    def finds(self, path, **wanted):
        """Give the first row of a list that has these values."""
        rows = self.asks(path)["items"]
        return next(row for row in rows if wanted.items() <= row.items())

    def everything(self, path):
        """Read a list to its end."""
        rows, offset = [], 0
        while offset is not None:
            part = self.asks(f"{path}&limit=100&offset={offset}")
            rows, offset = rows + part["items"], part["next_offset"]
        return rows

    def posts(self, path, **said):
        """Say something new."""
        return self._sends("POST", path, said)

    def makes(self, path, **said):
        """Make something under an id of one's own, so that sending it twice makes it once."""
        return self.posts(path, id=str(uuid4()), **said)

    def puts(self, path, **said):
        """Say how something is."""
        return self._sends("PUT", path, said)

    def _sends(self, method, path, said=None):
        body = None if said is None else json.dumps(said).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = Request(f"{self.address}/api/{path}", body, headers, method=method)
        try:
            with urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
