"""Mô tả OpenAPI 3.1, made of what the views declare."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import current_app
from marshmallow import Schema

from campaign.api.rules import MOST, USUAL, Scope
from campaign.api.schemas import ProblemSchema

VERSION = "1.0.0"
BLUEPRINT = "api"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """Một địa chỉ: what it answers, whether as a list, and which key it needs."""

    schema: type[Schema]
    is_list: bool = False
    scope: Scope | None = None


def describes(
    schema: type[Schema], *, is_list: bool = False, scope: Scope | None = None
) -> Callable[[View], View]:
    """Khai báo dữ liệu trả lời; the description reads the declaration."""

    def declare(view: View) -> View:
        view.operation = Operation(schema, is_list, scope)  # type: ignore[attr-defined]
        return view

    return declare


def described(base: str) -> dict[str, Any]:
    """Mô tả của cả giao diện, whose address is `base`."""
    spec = _introduced(base)
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        operation = getattr(current_app.view_functions[rule.endpoint], "operation", None)
        if operation is not None:
            _add(spec, rule.rule.replace("<int:", "{").replace(">", "}"), rule.endpoint, operation)
    return dict(spec.to_dict())


def _introduced(base: str) -> APISpec:
    """What holds for every address: the title, how data are written, how a key is shown."""
    spec = APISpec(
        title="Ngọn Cờ: dữ liệu phong trào thi đua",
        version=VERSION,
        openapi_version="3.1.0",
        info={
            "description": (
                "Đọc dữ liệu đã công bố, không cần khoá. Số là chuỗi chữ số với dấu chấm thập phân,"
                " đơn vị đo ghi bên cạnh; thời điểm theo UTC; số của dòng không đổi."
            )
        },
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
        servers=[{"url": base}],
    )
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    return spec


def _name(schema: Any) -> str:
    cls = schema if isinstance(schema, type) else type(schema)
    return cls.__name__.removesuffix("Schema")


def _add(spec: APISpec, path: str, endpoint: str, operation: Operation) -> None:
    view = current_app.view_functions[endpoint]
    summary = (view.__doc__ or "").strip().splitlines()[0]
    spec.path(
        path=path,
        operations={
            "get": {
                "operationId": endpoint.removeprefix(f"{BLUEPRINT}."),
                "summary": summary.partition(":")[0].partition(";")[0].rstrip("."),
                "parameters": _parameters(path, operation),
                "responses": _responses(path, operation),
                "security": [{"key": []}] if operation.scope else [{}, {"key": []}],
            }
        },
    )


def _parameters(path: str, operation: Operation) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    if "{campaign_id}" in path:
        number = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
        told.append({"name": "campaign_id", "in": "path", "required": True, "schema": number})
    if operation.is_list:
        told += [
            _query("limit", f"Số dòng của một trang, thường là {USUAL}.", _whole(1, MOST)),
            _query("after", "Chỉ những dòng có số lớn hơn.", _whole(0, 2**31 - 1)),
            _query(
                "updated_since",
                "Chỉ những dòng có thể đã đổi từ thời điểm này (có múi giờ).",
                {"type": "string", "format": "date-time"},
            ),
        ]
    return told


def _query(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _responses(path: str, operation: Operation) -> dict[str, Any]:
    told = {
        "200": {"description": "Dữ liệu.", "content": {"application/json": _answer(operation)}},
        "304": {"description": "Không đổi so với ETag đã có."},
        "401": _problem("Khoá không đúng, đã hết hạn hoặc đã thu hồi."),
    }
    if operation.is_list:
        told["400"] = _problem("Tham số không hợp lệ.")
    if operation.scope:
        told["403"] = _problem("Khoá không mở phần này.")
    told["404"] = _problem(
        "Không có phong trào này, hoặc chưa phát động."
        if "{campaign_id}" in path
        else "Địa chỉ không có ở giao diện này."
    )
    return told


def _answer(operation: Operation) -> dict[str, Any]:
    if not operation.is_list:
        return {"schema": operation.schema}
    return {
        "schema": {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": operation.schema},
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "Địa chỉ của trang sau; null ở trang cuối.",
                },
            },
        }
    }


def _problem(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": ProblemSchema}},
    }
