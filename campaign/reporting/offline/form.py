"""Biểu báo cáo điền ngoài mạng: the report as a protected workbook, field by field."""

from collections.abc import Mapping, Sequence

from campaign.core.cells import shown
from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal, format_points
from campaign.papers.offline import Form, Page, Slot
from campaign.planning.models import Campaign
from campaign.reporting.models import Report
from campaign.reporting.rules import ClaimedFigure, Content, Dates, Demands, SelfAssessment
from campaign.scheme.rules.checklist import ITEM, ChecklistItem, ItemAnswer
from campaign.scheme.rules.indicators import AllocatedTarget, MeasuredIndicator
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import ValueKind

KIND = "bao-cao"
_PARTS = ("value", "kind", "source", "comparison", "note", "blank_reason")
_HOW_TO_FILL_IN = (
    "Chỉ điền các ô màu vàng nhạt; các ô khác được bảo vệ.",
    "Số nhập thành số của Excel. Nếu nhập thành chữ thì viết như 44.462,5.",
    "Không có số liệu thì để trống và ghi lý do ở cột cuối; để trống không phải là số 0.",
    "Điền xong, gửi lại chính tệp này ở trang báo cáo. Hệ thống cho xem trước rồi mới "
    "ghi; nộp vẫn do thủ trưởng ký.",
)
_INDICATOR_COLUMNS = (
    ("Chỉ tiêu", 36),
    ("Đơn vị đo", 12),
    ("Mục tiêu", 20),
    ("Số liệu", 16),
    ("Loại số liệu", 14),
    ("Nguồn", 26),
    ("Cùng kỳ năm trước", 16),
    ("Ghi chú", 26),
    ("Lý do để trống", 26),
)


def fields_of(content: Content, demands: Demands) -> dict[str, str]:
    """Các ô của báo cáo, as the page shows them: field → text."""
    texts: dict[str, str] = {}
    for row in demands.indicators:
        claimed = content.values.get(row.id, ClaimedFigure())
        texts |= {f"v:{row.id}:{part}": shown(getattr(claimed, part)) for part in _PARTS}
    texts |= {f"n:{key}:text": content.narratives.get(key, "") for key in demands.tasks}
    for criterion in demands.criteria:
        if not criterion.is_worked_out:
            scored = content.scores.get(criterion.id, SelfAssessment())
            texts |= {
                f"s:{criterion.id}:points": shown(scored.points),
                f"s:{criterion.id}:explanation": scored.explanation,
            }
        ticks = content.scores.get(criterion.id, SelfAssessment()).ticks or {}
        texts |= {field: ticks.get(field.rpartition(ITEM)[2], "") for field, _ in _items(criterion)}
    return texts


def form_of(
    campaign: Campaign,
    report: Report,
    demands: Demands,
    content: Content,
    dates: Dates,
    *,
    made: str,
) -> Form:
    """Biểu báo cáo of one unit and period with what it holds now; `made` says when, in words."""
    return Form(
        KIND,
        str(report.id),
        "BIỂU BÁO CÁO ĐIỀN NGOÀI MẠNG",
        _head(campaign, report, dates, made),
        _HOW_TO_FILL_IN,
        _pages(report.participation.unit_id, demands, fields_of(content, demands)),
    )


def _head(campaign: Campaign, report: Report, dates: Dates, made: str) -> list[tuple[str, str]]:
    """Of which unit and period the form is, until when, and which state of the report it holds."""
    return [
        ("Phong trào", campaign.title),
        ("Đơn vị", report.participation.unit.name),
        ("Kỳ báo cáo", report.period.name),
        ("Đúng hạn đến", format_date(dates.due_on)),
        ("Đóng nhận báo cáo sau", format_date(dates.locks_on)),
        ("Lập lúc", made),
        ("Bản đang soạn số", str(report.version)),
    ]


def _pages(unit_id: int, demands: Demands, texts: Mapping[str, str]) -> list[Page]:
    return [_indicators(unit_id, demands, texts), _tasks(demands, texts), *_scores(demands, texts)]


def _indicators(unit_id: int, demands: Demands, texts: Mapping[str, str]) -> Page:
    rows: list[Sequence[str | Slot]] = []
    for row in demands.indicators:
        given = row.targets_for(unit_id, demands.block_id, demands.shares.period_id)
        rows.append([row.name, row.symbol, _target_words(row, given), *_slots(row, texts)])
    return Page("Chỉ tiêu", _INDICATOR_COLUMNS, rows, "Một dòng một chỉ tiêu.")


def _target_words(row: MeasuredIndicator, given: AllocatedTarget) -> str:
    """Mục tiêu và mức tăng được giao, as far as they were."""
    target = f"{format_decimal(given.target)} {row.symbol}" if given.target is not None else ""
    growth = (
        f"tăng {format_decimal(given.growth_target)} %" if given.growth_target is not None else ""
    )
    return " · ".join(filter(None, (target, growth)))


def _slots(row: MeasuredIndicator, texts: Mapping[str, str]) -> list[Slot]:
    """Các ô của một chỉ tiêu."""
    kinds = tuple((kind.value, kind.label) for kind in ValueKind)
    return [
        Slot(
            f"v:{row.id}:{part}",
            texts[f"v:{row.id}:{part}"],
            is_number=part in {"value", "comparison"},
            decimals=row.decimals,
            choices=kinds if part == "kind" else (),
        )
        for part in _PARTS
    ]


def _tasks(demands: Demands, texts: Mapping[str, str]) -> Page:
    rows: list[Sequence[str | Slot]] = [
        [name, Slot(f"n:{key}:text", texts[f"n:{key}:text"])] for key, name in demands.tasks.items()
    ]
    return Page("Nhiệm vụ", [("Nhiệm vụ", 44), ("Kết quả thực hiện", 100)], rows)


def _scores(demands: Demands, texts: Mapping[str, str]) -> list[Page]:
    typed = [row for row in demands.criteria if not row.is_worked_out]
    rows = [_score_row(row, demands, texts) for row in typed]
    return [*_typed(rows), *_checklists(demands, texts)]


def _score_row(
    criterion: ScoredCriterion, demands: Demands, texts: Mapping[str, str]
) -> Sequence[str | Slot]:
    """Tiêu chí, điểm tối đa, and the slots of its points and of what is said of them."""
    points, explanation = f"s:{criterion.id}:points", f"s:{criterion.id}:explanation"
    return [
        f"{criterion.code}. {criterion.name}",
        format_points(demands.maxima[criterion.id], demands.places),
        Slot(points, texts[points], is_number=True, decimals=demands.places),
        Slot(explanation, texts[explanation]),
    ]


def _checklists(demands: Demands, texts: Mapping[str, str]) -> list[Page]:
    answers = tuple((answer.value, answer.label) for answer in ItemAnswer)
    rows: list[Sequence[str | Slot]] = [
        [
            f"{criterion.code}. {criterion.name}",
            item.words,
            Slot(field, texts[field], choices=answers),
        ]
        for criterion in demands.checklists.values()
        for field, item in _items(criterion)
    ]
    columns = [("Tiêu chí", 60), ("Mục", 60), ("Đạt hay không", 16)]
    return [Page("Danh mục", columns, rows, "Mỗi mục chọn đạt hoặc không đạt.")] if rows else []


def _items(criterion: ScoredCriterion) -> list[tuple[str, ChecklistItem]]:
    """Ô và mục của một danh mục."""
    numbered = enumerate(criterion.checklist, start=1)
    return [(f"s:{criterion.id}:{ITEM}{number}", item) for number, item in numbered]


def _typed(rows: list[Sequence[str | Slot]]) -> list[Page]:
    if not rows:
        return []
    return [
        Page(
            "Tự chấm",
            [("Tiêu chí", 60), ("Điểm tối đa", 12), ("Điểm tự chấm", 14), ("Thuyết minh", 60)],
            rows,
            "Tiêu chí tính từ chỉ tiêu không tự chấm.",
        )
    ]


def name_of(report: Report) -> str:
    """Tên tệp của biểu."""
    return f"Biểu báo cáo {report.participation.unit.short_name}, {report.period.name}.xlsx"
