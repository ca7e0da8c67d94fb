"""The OpenAPI description, with the problems every operation may answer."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from relais.api.problems import NAMES, SPOKEN

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "next"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "next": {"type": "string", "description": "What to do about it."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "what"],
                "properties": {"field": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
ALWAYS, WITH_BODY = (401, 404, 422, 429), (400, 403, 409, 412, 413)


class Described(NinjaAPI):
    """An API whose every error leaves as a problem, and whose description says which to expect."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for error, speak in SPOKEN.items():
            self.add_exception_handler(error, speak)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Add to each operation the problems it may answer."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        schema["components"]["responses"] = {
            NAMES[status]: {
                "description": NAMES[status].replace("-", " ").capitalize(),
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
            for status in (*ALWAYS, *WITH_BODY)
        }
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                operation["summary"] = operation.pop("description")
                for status in ALWAYS if method == "get" else (*ALWAYS, *WITH_BODY):
                    operation["responses"][status] = {"$ref": f"#/components/responses/{NAMES[status]}"}
        return schema
