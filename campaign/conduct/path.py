"""Các bước lập kế hoạch: their order, the page of each, and which lacks belong to which; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.core.labelled import Labelled
from campaign.planning.problems import Problem


class PlanStep(Labelled):
    """Bước lập kế hoạch, in the order in which a plan is best written."""

    CAMPAIGN = "campaign", "Tên, thời gian và căn cứ"
    BLOCKS = "blocks", "Khối thi đua"
    PERIODS = "periods", "Kỳ báo cáo"
    TASKS = "tasks", "Nhiệm vụ chuyên môn"
    INDICATORS = "indicators", "Chỉ tiêu và phần giao"
    TABLE = "table", "Bảng điểm"
    SETTINGS = "settings", "Cách chấm"
    BANDS = "bands", "Mức xếp loại"
    AWARDS = "awards", "Hình thức và chỉ tiêu khen thưởng"
    COUNCIL = "council", "Hội đồng"
    REVIEW = "review", "Xem lại và phát động"


ABOUT = {
    PlanStep.CAMPAIGN: "Tên phong trào, ngày bắt đầu và kết thúc, bộ quy định, căn cứ, nội dung.",
    PlanStep.BLOCKS: "Các đơn vị cùng khối được xếp hạng với nhau. Ví dụ: bệnh viện; trung tâm y "
    "tế.",
    PlanStep.PERIODS: "Số liệu đến ngày nào, nộp đến ngày nào; một kỳ là kỳ cuối, được thẩm định "
    "để chấm. Ví dụ: 6 tháng và cả năm.",
    PlanStep.TASKS: "Việc mà mỗi đơn vị kể trong báo cáo, không cho điểm. Có thể bỏ trống.",
    PlanStep.INDICATORS: "Số liệu các đơn vị báo, mức phải đạt và quy tắc tính điểm; giao riêng "
    "cho từng đơn vị nếu có.",
    PlanStep.TABLE: "Nhóm và tiêu chí; các tiêu chí chính cộng lại phải đúng thang điểm.",
    PlanStep.SETTINGS: "Thang điểm, bước điểm, cách gộp phiếu chấm, giải trình, khi bằng điểm.",
    PlanStep.BANDS: "Từ bao nhiêu điểm được xếp loại gì. Ví dụ: từ 90 điểm là Xuất sắc.",
    PlanStep.AWARDS: "Khen bằng hình thức nào, mỗi khối nhiều nhất bao nhiêu. Ví dụ: Bằng khen, "
    "1/3 số đơn vị của khối.",
    PlanStep.COUNCIL: "Ai chấm điểm và biểu quyết; Chủ tịch và thư ký.",
    PlanStep.REVIEW: "Cả kế hoạch như khi in ra; hết việc bắt buộc thì phát động.",
}
"""Mỗi bước quyết định điều gì, with a small example."""


class StepState(Labelled):
    """Tình trạng của một bước, told by the data and never ticked by hand."""

    DONE = "done", "đã xong"
    LACKING = "lacking", "còn thiếu"
    WARNED = "warned", "nên xem lại"
    EMPTY = "empty", "chưa có gì"
    READY = "ready", "sẵn sàng"


Place = tuple[str, tuple[tuple[str, Any], ...]]
"""Trang của một bước: its endpoint, and what its address needs beside the campaign."""

PLACES: dict[PlanStep, Place] = {
    PlanStep.CAMPAIGN: ("planning.edit", ()),
    PlanStep.BLOCKS: ("lists.index", (("kind", "blocks"),)),
    PlanStep.PERIODS: ("lists.index", (("kind", "periods"),)),
    PlanStep.TASKS: ("lists.index", (("kind", "tasks"),)),
    PlanStep.INDICATORS: ("indicators.index", ()),
    PlanStep.TABLE: ("criteria.index", ()),
    PlanStep.SETTINGS: ("planning.settings", ()),
    PlanStep.BANDS: ("lists.index", (("kind", "bands"),)),
    PlanStep.AWARDS: ("kinds.index", ()),
    PlanStep.COUNCIL: ("council.index", ()),
    PlanStep.REVIEW: ("office.plan", ()),
}

_PARTS = {
    "indicators": PlanStep.INDICATORS,
    "allocations": PlanStep.INDICATORS,
    "import_targets": PlanStep.INDICATORS,
    "import_goals": PlanStep.INDICATORS,
    "import_indicators": PlanStep.INDICATORS,
    "criteria": PlanStep.TABLE,
    "import_table": PlanStep.TABLE,
    "kinds": PlanStep.AWARDS,
    "council": PlanStep.COUNCIL,
    "conduct": PlanStep.REVIEW,
}
_PAGES = {
    "planning.edit": PlanStep.CAMPAIGN,
    "planning.settings": PlanStep.SETTINGS,
    "honours.rule_sets": PlanStep.CAMPAIGN,
    "office.plan": PlanStep.REVIEW,
}


def step_at(endpoint: str, values: Mapping[str, Any]) -> PlanStep | None:
    """Bước mà một trang thuộc về; None for a page that is no part of the plan."""
    if endpoint in _PAGES:
        return _PAGES[endpoint]
    blueprint = endpoint.partition(".")[0]
    if blueprint == "lists":
        kind = values.get("kind")
        return PlanStep(kind) if kind in set(PlanStep) else None
    return _PARTS.get(blueprint)


@dataclass(frozen=True, slots=True)
class Around:
    """Bước trước, bước này, bước tiếp; its number among all of them."""

    step: PlanStep
    number: int
    total: int
    before: PlanStep | None
    after: PlanStep | None


def around(step: PlanStep) -> Around:
    """Bước trước và bước tiếp of one step."""
    steps = list(PlanStep)
    place = steps.index(step)
    return Around(
        step=step,
        number=place + 1,
        total=len(steps),
        before=steps[place - 1] if place else None,
        after=steps[place + 1] if place + 1 < len(steps) else None,
    )


@dataclass(frozen=True, slots=True)
class StandingStep:
    """Một bước như đang có: what stands there in words, and what is missing."""

    step: PlanStep
    state: StepState
    held: str
    problems: tuple[Problem, ...]

    @property
    def about(self) -> str:
        """Bước này quyết định điều gì."""
        return ABOUT[self.step]

    @property
    def place(self) -> Place:
        """Trang của bước này."""
        return PLACES[self.step]


def standing(held: Mapping[PlanStep, str], problems: Sequence[Problem]) -> Iterator[StandingStep]:
    """Các bước như đang có: a step is done when something stands there and nothing is lacking."""
    by_step: dict[PlanStep, list[Problem]] = {step: [] for step in PlanStep}
    for problem in problems:
        by_step[step_at(problem.endpoint, dict(problem.values)) or PlanStep.REVIEW].append(problem)
    blocking = sum(1 for problem in problems if problem.is_blocking)
    for step, mine in by_step.items():
        if step is PlanStep.REVIEW:
            state = StepState.LACKING if blocking else StepState.READY
            told = f"còn {blocking} việc bắt buộc" if blocking else "không còn việc bắt buộc"
        else:
            told = held.get(step, "")
            state = _state(mine, is_there=bool(told))
        yield StandingStep(step, state, told, tuple(mine))


def _state(problems: Sequence[Problem], *, is_there: bool) -> StepState:
    if any(problem.is_blocking for problem in problems):
        return StepState.LACKING
    if problems:
        return StepState.WARNED
    return StepState.DONE if is_there else StepState.EMPTY
