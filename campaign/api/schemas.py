"""Mô tả dữ liệu: every field that is answered, its kind and what it means."""

from marshmallow import Schema, fields, validate

from campaign.exemplars.rules import Step
from campaign.exemplars.rules import Subject as ExemplarSubject
from campaign.honours.rules import Subject
from campaign.planning.rules import Phase
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf, ValueKind

NUMBER = validate.Regexp(r"^-?\d+(\.\d+)?$")


def _meta(words: str, **more: object) -> dict[str, object]:
    return {"description": words, **more}


def whole(words: str) -> fields.Integer:
    """Số nguyên, such as a number that stays with its row."""
    return fields.Integer(required=True, strict=True, metadata=_meta(words))


def words(meaning: str) -> fields.String:
    """Chữ; empty where nothing is known."""
    return fields.String(required=True, metadata=_meta(meaning))


def number(meaning: str) -> fields.String:
    """Số viết bằng chữ số, with a decimal point; null where there is none."""
    return fields.String(
        required=True, allow_none=True, validate=NUMBER, metadata=_meta(meaning, example="44462")
    )


def day(meaning: str) -> fields.String:
    """Ngày theo ISO 8601."""
    return fields.String(required=True, metadata=_meta(meaning, format="date"))


def moment(meaning: str) -> fields.String:
    """Thời điểm theo UTC; null where it has not come."""
    return fields.String(
        required=True, allow_none=True, metadata=_meta(meaning, format="date-time")
    )


def yes_or_no(meaning: str) -> fields.Boolean:
    """Có hay không."""
    return fields.Boolean(required=True, metadata=_meta(meaning))


def one_of(meaning: str, values: type) -> fields.String:
    """Một trong các mã."""
    told = ", ".join(f"{member.value}: {member.label}" for member in values)  # type: ignore[attr-defined]
    return fields.String(
        required=True,
        validate=validate.OneOf([member.value for member in values]),  # type: ignore[attr-defined]
        metadata=_meta(f"{meaning} ({told})"),
    )


class CampaignSchema(Schema):
    """Phong trào."""

    id = whole("Số của phong trào.")
    title = words("Tên phong trào.")
    occasion = words("Nhân dịp.")
    organiser = words("Cơ quan tổ chức.")
    starts_on = day("Ngày bắt đầu.")
    ends_on = day("Ngày kết thúc.")
    phase = one_of("Bước đang mở", Phase)
    scale = number("Thang điểm.")
    published_at = moment("Lúc công bố kết quả.")
    is_illustrative = yes_or_no("Dữ liệu minh hoạ.")
    updated_at = moment("Lần đổi gần nhất.")
    page = fields.String(
        required=True, metadata=_meta("Trang công khai của phong trào.", format="uri")
    )


class BlockSchema(Schema):
    """Khối thi đua."""

    id = whole("Số của khối.")
    name = words("Tên khối.")
    position = whole("Thứ tự.")


class UnitSchema(Schema):
    """Đơn vị tham gia."""

    id = whole("Số của đơn vị; giữ nguyên qua các phong trào.")
    code = words("Mã đơn vị.")
    name = words("Tên đơn vị.")
    short_name = words("Tên gọn.")
    block_id = whole("Khối thi đua.")
    is_illustrative = yes_or_no("Đơn vị minh hoạ.")


class IndicatorSchema(Schema):
    """Chỉ tiêu."""

    id = whole("Số của chỉ tiêu.")
    name = words("Tên chỉ tiêu.")
    measure_unit = words("Đơn vị đo của mục tiêu và số liệu.")
    direction = one_of("Chiều của chỉ tiêu", Direction)
    judgement = one_of("Cách đánh giá", Judgement)
    target_of = one_of("Mục tiêu của", TargetOf)
    target = number("Mục tiêu.")
    growth_target = number("Mục tiêu tăng so với năm trước, phần trăm.")
    source = words("Nguồn của mục tiêu.")
    is_checked = yes_or_no(
        "Đã đối chiếu với văn bản, hoặc do cơ quan nhập kèm nguồn; không thì chưa đối chiếu."
    )


class ProgressSchema(Schema):
    """Tiến độ: số liệu đã thẩm định mới nhất của một đơn vị."""

    id = whole("Số của dòng số liệu.")
    indicator_id = whole("Chỉ tiêu.")
    unit_id = whole("Đơn vị.")
    period = words("Kỳ báo cáo.")
    period_ends_on = day("Ngày cuối của kỳ.")
    value = number("Giá trị, theo đơn vị đo của chỉ tiêu.")
    measure_unit = words("Đơn vị đo.")
    kind = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([*(kind.value for kind in ValueKind), None]),
        metadata=_meta("Loại số liệu: ước, sơ bộ hoặc chính thức."),
    )
    reached_percent = number("Mức đạt so với phần phải đạt đến kỳ đó, phần trăm.")
    is_met = fields.Boolean(
        required=True, allow_none=True, metadata=_meta("Đạt mức phải đạt đến kỳ đó.")
    )


class StandingSchema(Schema):
    """Thứ hạng."""

    id = whole("Số của dòng.")
    block_id = whole("Khối thi đua.")
    unit_id = whole("Đơn vị.")
    rank = fields.Integer(
        required=True, allow_none=True, metadata=_meta("Hạng trong khối; không xếp thì không có.")
    )
    is_tied = yes_or_no("Đồng hạng.")
    points = number("Tổng điểm, hoặc tỷ lệ % nếu kế hoạch xếp theo tỷ lệ.")
    band = words("Xếp loại.")


class AwardSchema(Schema):
    """Khen thưởng: một dòng của quyết định đã ký."""

    id = whole("Số của dòng.")
    decision = words("Số, ký hiệu quyết định.")
    decision_kind = words("Loại quyết định: khen thưởng, điều chỉnh hoặc thu hồi.")
    signed_on = fields.String(
        required=True, allow_none=True, metadata=_meta("Ngày ký.", format="date")
    )
    subject = one_of("Đối tượng", Subject)
    name = words("Tên như trong danh sách.")
    job = words("Chức vụ.")
    unit = words("Đơn vị.")
    form = words("Hình thức khen thưởng.")
    ended = words("Vì sao hết hiệu lực; để trống khi còn hiệu lực.")
    is_illustrative = yes_or_no("Dòng minh hoạ.")


class ExampleSchema(Schema):
    """Điển hình tiên tiến đã đăng câu chuyện."""

    id = whole("Số của điển hình.")
    title = words("Tiêu đề.")
    name = words("Tên điển hình.")
    subject = one_of("Đối tượng", ExemplarSubject)
    field = words("Lĩnh vực.")
    unit_id = whole("Đơn vị.")
    step = one_of("Bước", Step)
    published_at = moment("Lúc đăng.")
    text = words("Nội dung.")


class ReportSchema(Schema):
    """Báo cáo của đơn vị: đã nộp hay chưa; không có nội dung."""

    id = whole("Số của báo cáo.")
    unit_id = whole("Đơn vị.")
    period = words("Kỳ báo cáo.")
    due_on = day("Hạn nộp, sau gia hạn.")
    state = one_of("Tình trạng", ReportState)
    submitted_at = moment("Lúc nộp.")


class ProblemSchema(Schema):
    """Lời từ chối, theo RFC 9457."""

    title = words("Tên của lời từ chối.")
    status = whole("Mã trả lời HTTP.")
    detail = words("Vì sao, bằng một câu.")
    code = words("Mã của yêu cầu, để hỏi quản trị hệ thống.")
