"""Nhập điển hình: the form “Đăng ký xây dựng điển hình tiên tiến”, filled in Excel."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from campaign.core.cells import LONGEST
from campaign.core.dates import format_date, local_date
from campaign.core.errors import refuse
from campaign.core.permissions import Permission
from campaign.core.text import name_key, search_key
from campaign.enrolment.models import Participation
from campaign.enrolment.queries import participations
from campaign.exemplars import actions
from campaign.exemplars.models import Exemplar
from campaign.exemplars.queries import exemplars
from campaign.exemplars.rules import Standing, State, Step, Subject, is_back, next_step
from campaign.exemplars.workbook import TITLE
from campaign.extensions import db
from campaign.imports.importer import Column, Context, Importer, Place, day_read
from campaign.imports.readers import EMPTY_CELL, campaign_of, choice_read, unit_read
from campaign.imports.rules import Outcome, Row, asking, compared
from campaign.papers.workbook import Kind
from campaign.reporting.queries import Sight

_TOLD = {
    "field": "Lĩnh vực",
    "reason": "Lý do, thành tích",
    "goal": "Chỉ tiêu phấn đấu",
    "found_by": "Ai phát hiện",
    "helper": "Người, đơn vị theo dõi, bồi dưỡng",
    "measures": "Biện pháp",
    "result": "Kết quả",
    "summary": "Tổng kết",
    "spread": "Hình thức tuyên truyền, nơi học theo",
    "awards": "Khen thưởng liên quan",
}


class HeldRegister:
    """Sổ đã có: what a file is taken into, loaded once for the whole file."""

    def __init__(self, campaign_id: int) -> None:
        """Who takes part, and which examples there are."""
        everything = Sight(frozenset(), sees_others=True)
        self.entries: dict[int, Participation] = {
            entry.unit_id: entry for entry in db.session.scalars(participations(campaign_id))
        }
        self.rows: dict[tuple[int, Subject, str], Exemplar] = {}
        self._alike: dict[tuple[int, Subject, str], set[str]] = defaultdict(set)
        for row, _, _ in exemplars(campaign_id, everything):
            self.enter(row)

    def enter(self, row: Exemplar) -> None:
        """Put an example under its name, with its tones and without."""
        self.rows[_place(row.participation_id, row.subject, row.name)] = row
        self._alike[row.participation_id, row.subject, search_key(row.name)].add(row.name)

    def resembling(self, row: Exemplar) -> list[str]:
        """Điển hình khác của đơn vị, whose name differs in its tones alone."""
        alike = self._alike[row.participation_id, row.subject, search_key(row.name)]
        return sorted(name for name in alike if name_key(name) != name_key(row.name))


def _place(participation_id: int, subject: Subject, name: str) -> tuple[int, Subject, str]:
    """What tells one example from another."""
    return participation_id, subject, name_key(name)


def _open(context: Context, _place: Place) -> Context:
    return replace(context, listed=HeldRegister(campaign_of(context).id))


def _register_of(context: Context) -> HeldRegister:
    assert isinstance(context.listed, HeldRegister)  # noqa: S101 - its pages open it
    return context.listed


def _entry_read(context: Context, row: Row, key: str) -> Participation | None:
    """Cột mã đơn vị, of a unit that takes part."""
    unit = unit_read(context, row, key)
    if unit is None:
        return None
    entry = _register_of(context).entries.get(unit.id)
    if entry is None:
        refuse(f"Đơn vị “{unit.code}” không tham gia phong trào.")
    return entry


def _told(row: Exemplar) -> dict[str, str]:
    days = {"Ngày phát hiện": row.found_on, "Thời hạn": row.help_until}
    return {
        "Vị trí": row.standing.label if row.standing else "",
        **{title: getattr(row, name) for name, title in _TOLD.items()},
        **{title: format_date(day) if day else "" for title, day in days.items()},
        "Bước": row.step.label,
    }


def _take(context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    """One example: new, changed or left; what the secretariat brings in is registered. It goes
    forward to the step of the file, by the moves and facts of every step.
    """
    register, entry = _register_of(context), values["unit"]
    held = register.rows.get(_place(entry.id, values["subject"], values["name"]))
    before = _told(held) if held else None
    saved = _saved(context, held, values)
    like = [] if held else register.resembling(saved)
    register.enter(saved)
    if values.get("step"):
        _bring(context, saved, values["step"])
    outcome = compared(row, saved.name, before, _told(saved))
    if not like:
        return outcome
    return asking(outcome, f"Đơn vị đã có {'; '.join(like)}, chỉ khác dấu: hai điển hình?")


def _saved(context: Context, held: Exemplar | None, values: Mapping[str, Any]) -> Exemplar:
    """The example as the row says it; one that says so already is left alone."""
    wanted = _wanted(held, values)
    if wanted["found_on"] > local_date(context.at):
        refuse("Ngày phát hiện không thể ở tương lai.", "found_on")
    if held is not None and all(getattr(held, name) == wanted[name] for name in wanted):
        return held
    entry = values["unit"]
    return actions.save(held, entry, wanted, is_decided=True, by=context.by, at=context.at)


def _wanted(held: Exemplar | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Nội dung sẽ ghi; a column the file has not, and an empty standing, keep what is there."""
    standing: dict[str, Any] = dict.fromkeys(_TOLD, "") | {
        "standing": None,
        "help_until": None,
        "report_id": None,
        "inspection_id": None,
    }
    if held:
        standing = {name: getattr(held, name) for name in standing}
    given = {name: value for name, value in values.items() if name not in {"unit", "step"}}
    given["standing"] = given.get("standing") or (standing["standing"] if held else None)
    return standing | given


def _bring(context: Context, row: Exemplar, to: Step) -> None:
    if is_back(row.step, to):
        refuse(
            f"Điển hình đang ở bước {row.step.label}; quay lại bước trước thì làm ở trang của "
            "điển hình, có lý do.",
            "step",
        )
    if row.state is not State.REGISTERED and row.step is not to:
        refuse("Điển hình chưa được đăng ký nên chưa chuyển bước được.", "step")
    while row.step is not to:
        after = next_step(row.step)
        assert after is not None  # noqa: S101 - `to` lies ahead
        actions.move(row, after, "", by=context.by, at=context.at)


def _agreeing(_context: Context, _row: Row, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A person has a standing, nobody else."""
    if values.get("subject") is Subject.PERSON and "standing" in values and not values["standing"]:
        yield "standing", "Hãy ghi vị trí của cá nhân."
    if values.get("subject") is not Subject.PERSON and values.get("standing"):
        yield "standing", "Chỉ cá nhân mới có vị trí; hãy để trống."


EXEMPLARS = Importer(
    "exemplars",
    TITLE,
    Permission.EXEMPLAR_DECIDE,
    "exemplar.save",
    [
        "Mỗi dòng một điển hình; tệp Excel tải từ sổ điển hình nhập lại được.",
        "Cùng đơn vị, loại và tên thì sửa điển hình đã có; tên mới thì thêm, là đã đăng ký.",
        "Bước để trống thì giữ nguyên; ghi bước sau thì phải đủ nội dung của mọi bước đến đó.",
        EMPTY_CELL,
    ],
    (
        Column("name", "Tên điển hình", "Tổ khuyến công (minh hoạ)", is_required=True, width=32),
        Column("subject", "Loại", "tập thể", is_required=True, read=choice_read(Subject)),
        Column("standing", "Vị trí", None, read=choice_read(Standing)),
        Column("unit", "Mã đơn vị", "VP", is_required=True, read=_entry_read, is_word=True),
        Column("field", "Lĩnh vực", "Khuyến công"),
        Column(
            "reason",
            "Lý do, thành tích",
            "Vượt kế hoạch",
            is_required=True,
            width=44,
            longest=LONGEST,
        ),
        Column("goal", "Chỉ tiêu phấn đấu", "Tăng 10 %", width=36, longest=LONGEST),
        Column("found_by", "Ai phát hiện", "Trưởng phòng", is_required=True, width=28),
        Column(
            "found_on",
            "Ngày phát hiện",
            date(2021, 3, 15),
            is_required=True,
            read=day_read,
            kind=Kind.DAY,
        ),
        Column("helper", "Người, đơn vị theo dõi, bồi dưỡng", "Văn phòng Sở", width=32),
        Column("measures", "Biện pháp", "Hướng dẫn tại chỗ", width=44, longest=LONGEST),
        Column("help_until", "Thời hạn", date(2021, 4, 15), read=day_read, kind=Kind.DAY),
        Column("step", "Bước", "Bồi dưỡng", read=choice_read(Step)),
        Column("result", "Kết quả", None, width=44, longest=LONGEST),
        Column("summary", "Tổng kết", None, width=44, longest=LONGEST),
        Column("spread", "Hình thức tuyên truyền, nơi học theo", None, width=36, longest=LONGEST),
        Column("awards", "Khen thưởng liên quan", None, width=28, longest=LONGEST),
    ),
    _take,
    lambda row: name_key("|".join(row.label(key) for key in ("unit", "subject", "name"))),
    of_campaign=True,
    check=_agreeing,
    under="exemplars/import",
    opens=_open,
)
