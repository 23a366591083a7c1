"""Giao diện đọc dữ liệu: the addresses below /api/v1; no cookie is read, nothing is written."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, json, make_response, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    Unauthorized,
)

from campaign.api import package, queries, rules
from campaign.api.description import described, describes
from campaign.api.keys.queries import shown_key
from campaign.api.models import ApiKey
from campaign.api.schemas import (
    AwardSchema,
    BlockSchema,
    CampaignSchema,
    ExampleSchema,
    IndicatorSchema,
    ProgressSchema,
    ReportSchema,
    StandingSchema,
    UnitSchema,
)
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.errors import SENTENCES
from campaign.web.journal import request_id
from campaign.web.origin import public_url

api = Blueprint("api", __name__)
WRONG_KEY = "Khoá không đúng, đã hết hạn hoặc đã thu hồi."
NO_KEY = "Phần này cần khoá: Authorization: Bearer nc_…"
NOWHERE = "Địa chỉ này không có ở giao diện; xem /api/v1/openapi."
ONLY_READ = "Giao diện này chỉ đọc: GET."
OTHER_SCOPE = "Khoá này không mở phần này."


@api.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    """Lời từ chối, as RFC 9457 has it."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    words = error.description if isinstance(error, (Unauthorized, Forbidden)) else None
    return _problem(code, words or SENTENCES.get(code, SENTENCES[400]))


@api.errorhandler(NotVisible)
def not_there(_error: NotVisible) -> ResponseReturnValue:
    """Không có, hoặc chưa công khai."""
    return _problem(HTTPStatus.NOT_FOUND, "Không có phong trào này, hoặc chưa phát động.")


@api.errorhandler(RuleViolation)
def not_understood(error: RuleViolation) -> ResponseReturnValue:
    """Tham số không hợp lệ."""
    return _problem(HTTPStatus.BAD_REQUEST, str(error))


@api.before_app_request
def nothing() -> ResponseReturnValue | None:
    """Địa chỉ, cách hỏi không có ở giao diện này, said as a program reads it, whatever the address
    is made of.
    """
    fault = request.routing_exception
    if not request.path.startswith("/api/v1/"):
        return None
    if isinstance(fault, NotFound):
        return _problem(HTTPStatus.NOT_FOUND, NOWHERE)
    if isinstance(fault, MethodNotAllowed):
        answer = _problem(HTTPStatus.METHOD_NOT_ALLOWED, ONLY_READ)
        answer.headers["Allow"] = ", ".join(sorted(fault.valid_methods or ("GET",)))
        return answer
    return None


def _problem(code: int, words: str) -> Response:
    db.session.rollback()
    told = {
        "title": "Yêu cầu bị từ chối",
        "status": int(code),
        "detail": words,
        "code": request_id(),
    }
    answer = make_response(json.dumps(told, ensure_ascii=False), code)
    answer.content_type = "application/problem+json"
    if code == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    return answer


def _key(scope: rules.Scope | None = None) -> ApiKey | None:
    """Khoá được đưa ra; a wrong one is refused everywhere, none only where one is needed."""
    header = request.headers.get("Authorization", "")
    row = shown_key(header, clock.today()) if header else None
    if header and row is None:
        raise Unauthorized(WRONG_KEY)
    if scope is not None and row is None:
        raise Unauthorized(NO_KEY)
    if scope is not None and row is not None and scope.value not in row.scopes:
        raise Forbidden(OTHER_SCOPE)
    return row


def _page(campaign_id: int) -> str:
    return public_url("publicity.campaign", campaign_id=campaign_id)


def _answered(told: object) -> Response:
    """Trả lời, with an ETag of what is said."""
    answer = make_response(json.dumps(told, ensure_ascii=False, sort_keys=False))
    answer.content_type = "application/json"
    answer.headers["Cache-Control"] = "no-cache"
    answer.vary.add("Authorization")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _listed(
    schema: type[Schema], name: str, campaign_id: int, rows: Callable[[], list[queries.Row]]
) -> Response:
    """Một danh sách của phong trào: a page of it, of what may have changed."""
    here = rules.asked(request.args)
    own, shared = queries.RESTS_ON[name]
    whole = rows()
    changed = queries.changed_since(here.updated_since, campaign_id)
    kept = [row for row in whole if changed.holds(own, row["id"], shared)]
    return _paged(schema, kept, here)


def _paged(schema: type[Schema], rows: list[queries.Row], here: rules.Asked) -> Response:
    shown, after = rules.page(rows, lambda row: int(row["id"]), here)
    following = None
    if after is not None:
        arguments: dict[str, Any] = {**request.args.to_dict(), "after": after}
        following = public_url(request.endpoint or "", **(request.view_args or {}), **arguments)
    return _answered({"items": schema(many=True).dump(shown), "next": following})


@api.get("/openapi")
@requires(Permission.PUBLIC)
def description() -> ResponseReturnValue:
    """Mô tả của giao diện này."""
    return _answered(described(current_app.config["PUBLIC_URL"]))


@api.get("/campaigns")
@requires(Permission.PUBLIC)
@describes(CampaignSchema, is_list=True)
def campaigns() -> ResponseReturnValue:
    """Các phong trào đã phát động."""
    _key()
    here = rules.asked(request.args)
    return _paged(CampaignSchema, queries.campaigns(here.updated_since, _page), here)


@api.get("/campaigns/<int:campaign_id>")
@requires(Permission.PUBLIC)
@describes(CampaignSchema)
def campaign(campaign_id: int) -> ResponseReturnValue:
    """Một phong trào."""
    _key()
    return _answered(CampaignSchema().dump(queries.campaign(campaign_id, _page)))


@api.get("/campaigns/<int:campaign_id>/blocks")
@requires(Permission.PUBLIC)
@describes(BlockSchema, is_list=True)
def blocks(campaign_id: int) -> ResponseReturnValue:
    """Các khối thi đua."""
    _key()
    return _listed(BlockSchema, "blocks", campaign_id, lambda: queries.blocks(campaign_id))


@api.get("/campaigns/<int:campaign_id>/units")
@requires(Permission.PUBLIC)
@describes(UnitSchema, is_list=True)
def units(campaign_id: int) -> ResponseReturnValue:
    """Các đơn vị tham gia."""
    _key()
    return _listed(UnitSchema, "units", campaign_id, lambda: queries.units(campaign_id))


@api.get("/campaigns/<int:campaign_id>/indicators")
@requires(Permission.PUBLIC)
@describes(IndicatorSchema, is_list=True)
def indicators(campaign_id: int) -> ResponseReturnValue:
    """Các chỉ tiêu và mục tiêu."""
    _key()
    return _listed(
        IndicatorSchema, "indicators", campaign_id, lambda: queries.indicators(campaign_id)
    )


@api.get("/campaigns/<int:campaign_id>/progress")
@requires(Permission.PUBLIC)
@describes(ProgressSchema, is_list=True)
def progress(campaign_id: int) -> ResponseReturnValue:
    """Tiến độ đã thẩm định; where the plan does not publish it, only for a key of that scope."""
    key = _key()
    sees_all = key is not None and rules.Scope.PROGRESS.value in key.scopes
    return _listed(
        ProgressSchema,
        "progress",
        campaign_id,
        lambda: queries.progress(campaign_id, sees_all=sees_all),
    )


@api.get("/campaigns/<int:campaign_id>/ranking")
@requires(Permission.PUBLIC)
@describes(StandingSchema, is_list=True)
def ranking(campaign_id: int) -> ResponseReturnValue:
    """Xếp hạng đã công bố; empty before."""
    _key()
    return _listed(StandingSchema, "ranking", campaign_id, lambda: queries.ranking(campaign_id))


@api.get("/campaigns/<int:campaign_id>/awards")
@requires(Permission.PUBLIC)
@describes(AwardSchema, is_list=True)
def awards(campaign_id: int) -> ResponseReturnValue:
    """Khen thưởng theo các quyết định đã ký; empty before publication."""
    _key()
    return _listed(AwardSchema, "awards", campaign_id, lambda: queries.awards(campaign_id))


@api.get("/campaigns/<int:campaign_id>/examples")
@requires(Permission.PUBLIC)
@describes(ExampleSchema, is_list=True)
def examples(campaign_id: int) -> ResponseReturnValue:
    """Điển hình tiên tiến đã đăng câu chuyện."""
    _key()
    return _listed(ExampleSchema, "examples", campaign_id, lambda: queries.examples(campaign_id))


@api.get("/campaigns/<int:campaign_id>/reports")
@requires(Permission.PUBLIC)
@describes(ReportSchema, is_list=True, scope=rules.Scope.REPORTS)
def reports(campaign_id: int) -> ResponseReturnValue:
    """Tình hình nộp báo cáo; only for a key of that scope."""
    _key(rules.Scope.REPORTS)
    return _listed(ReportSchema, "reports", campaign_id, lambda: queries.reports(campaign_id))


@api.get("/campaigns/<int:campaign_id>/package/json")
@requires(Permission.PUBLIC)
def package_json(campaign_id: int) -> ResponseReturnValue:
    """Cả phong trào đã công bố trong một tệp JSON."""
    return _answered(package.as_json(campaign_id, _page))


@api.get("/campaigns/<int:campaign_id>/package/zip")
@requires(Permission.PUBLIC)
def package_zip(campaign_id: int) -> ResponseReturnValue:
    """Cả phong trào đã công bố: CSV with a description of its tables (Frictionless)."""
    answer = make_response(package.as_zip(campaign_id, _page))
    answer.content_type = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="phong-trao-{campaign_id}.zip"'
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
