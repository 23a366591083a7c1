"""Gói dữ liệu mở: a published campaign as one JSON, and as CSV with the description of its tables
that Frictionless (Data Package 1) reads.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

from marshmallow import Schema, fields

from campaign.api import queries, rules
from campaign.api.schemas import (
    AwardSchema,
    BlockSchema,
    CampaignSchema,
    ExampleSchema,
    IndicatorSchema,
    ProgressSchema,
    StandingSchema,
    UnitSchema,
)
from campaign.core.errors import NotVisible
from campaign.planning.rules import Phase

Rows = Callable[[int], list[queries.Row]]
TABLES: tuple[tuple[str, type[Schema], Rows], ...] = (
    ("blocks", BlockSchema, queries.blocks),
    ("units", UnitSchema, queries.units),
    ("indicators", IndicatorSchema, queries.indicators),
    ("progress", ProgressSchema, partial(queries.progress, sees_all=False)),
    ("ranking", StandingSchema, queries.ranking),
    ("awards", AwardSchema, queries.awards),
    ("examples", ExampleSchema, queries.examples),
)
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Ngày ghi trong tệp nén: always the same, so that equal data are an equal file."""
_KINDS: dict[type[fields.Field[Any]], str] = {
    fields.Integer: "integer",
    fields.Boolean: "boolean",
}


def as_json(campaign_id: int, page: queries.Page) -> dict[str, Any]:
    """Cả phong trào trong một JSON; none before publication."""
    campaign = queries.campaign(campaign_id, page)
    if campaign["phase"] != Phase.PUBLISHED.value:
        raise NotVisible
    return {
        "campaign": CampaignSchema().dump(campaign),
        **{
            name: schema(many=True).dump(sorted(rows(campaign_id), key=_number))
            for name, schema, rows in TABLES
        },
    }


def _number(row: queries.Row) -> int:
    return int(row["id"])


def as_zip(campaign_id: int, page: queries.Page) -> bytes:
    """Cả phong trào as datapackage.json and one CSV a table."""
    data = as_json(campaign_id, page)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        told = json.dumps(_described(data), ensure_ascii=False, indent=1)
        _put(archive, "datapackage.json", told)
        for name, schema, _ in TABLES:
            _put(archive, f"{name}.csv", _csv(schema, data[name]))
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content.encode())


def _csv(schema: type[Schema], rows: list[queries.Row]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(schema().fields), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rules.flat(row) for row in rows)
    return written.getvalue()


def _described(data: dict[str, Any]) -> dict[str, Any]:
    campaign = data["campaign"]
    return {
        "profile": "tabular-data-package",
        "name": f"phong-trao-{campaign['id']}",
        "title": campaign["title"],
        "homepage": campaign["page"],
        "resources": [_resource(name, schema) for name, schema, _ in TABLES],
    }


def _resource(name: str, schema: type[Schema]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(key, field) for key, field in schema().fields.items()],
            "primaryKey": "id",
        },
    }


def _field(name: str, field: fields.Field[Any]) -> dict[str, str]:
    kind = next((kind for cls, kind in _KINDS.items() if isinstance(field, cls)), "string")
    told = field.metadata.get("format", "")
    if told in {"date", "date-time"}:
        kind = {"date": "date", "date-time": "datetime"}[told]
    if field.metadata.get("example") == "44462":
        kind = "number"
    return {"name": name, "type": kind, "description": str(field.metadata["description"])}
