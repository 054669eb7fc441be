"""The addresses of the desk's JSON, told in the OpenAPI form so that other programs can read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from amity.records import Claim, Document, Incident, Judgement, Tie
from amity.show.server.pages import Page

PART = re.compile(r"\{(\w+)\}")


def describe_pages(pages: Sequence[Page]) -> dict[str, Any]:
    """Pages -> an OpenAPI 3.1 document of their JSON."""
    paths = {page.json_path: {"get": describe_page(page)} for page in pages}
    labels = {"summary": "Every decision as a label for training, a line each", "operationId": "labels"}
    text = {"200": {"description": "JSON Lines", "content": {"application/jsonl": {"schema": {"type": "string"}}}}}
    paths["/review/labels.jsonl"] = {"get": labels | {"responses": text}}
    records = {r.__name__: describe_record(r) for r in (Claim, Document, Incident, Judgement, Tie)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "amity desk", "version": "1", "description": 'What the ledger holds, read only. A fault is {"fault": sentence}.'},
        "paths": paths,
        "components": {"schemas": records | {"Fault": {"type": "object", "properties": {"fault": {"type": "string"}}}}},
    }


def describe_page(page: Page) -> dict[str, Any]:
    """A page -> its operation: what it gives, and its parameters."""
    name = page.json_path.strip("/").removesuffix(".json")
    inside = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in PART.findall(page.path)]
    asked = [{"name": n, "in": "query", "required": False, "description": d, "schema": {"type": "string"}} for n, d in page.params.items()]
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    answers = {
        "200": {"description": page.summary, "content": {"application/json": {"schema": {}}}},
        "400": {"description": "A parameter is not what is allowed", "content": fault},
        "404": {"description": "There is no such thing", "content": fault},
    }
    return {
        "summary": page.summary,
        "operationId": re.sub(r"\W+", "_", name).strip("_"),
        "parameters": inside + asked,
        "responses": answers,
    }


def describe_record(record: type[Any]) -> dict[str, Any]:
    """A record of the house -> its fields by name, with their types as Python says them."""
    told = {f.name: {"description": str(f.type)} for f in fields(record)}
    return {"type": "object", "description": (record.__doc__ or "").strip().split("\n")[0], "properties": told}
