"""A report from its first field to its frozen versions: what is kept, and each thing that is
refused.
"""

import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core.errors import Conflict, NotVisible, RuleViolation
from campaign.core.numbers import NumberError
from campaign.core.permissions import Role
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.reporting import actions, queries
from campaign.reporting import cells as report_cells
from campaign.reporting.checks import findings
from campaign.reporting.deadlines import actions as extending
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.models import Report, SelfScore, WarningAnswer
from campaign.reporting.rules import Content, ReportState, SelfAssessment
from campaign.scheme.rules.terms import ValueKind
from tests import build
from tests.worlds import AT, World


@pytest.fixture
def world(app):
    return World()


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.LAUNCHED, Phase.MEETING, Phase.PUBLISHED])
def test_no_report_is_begun_outside_the_steps_of_reporting(app, phase):
    world = World(phase)
    with pytest.raises(RuleViolation, match="Phong trào đang ở bước không nhận báo cáo"):
        actions.open_report(world.campaign, world.entry, world.period)


def test_a_unit_that_is_not_confirmed_does_not_report(world):
    entry = build.participation(
        world.campaign, unit=build.unit(), state=ParticipationState.PROPOSED
    )
    with pytest.raises(RuleViolation, match="Đơn vị chưa được xác nhận tham gia"):
        actions.open_report(world.campaign, entry, world.period)


def test_starting_twice_finds_the_first_report(world):
    assert actions.open_report(world.campaign, world.entry, world.period).id == world.report.id


def test_a_number_is_kept_as_vietnamese_writes_it(world):
    assert world.type(f"v:{world.indicator.id}:value", " 44.462,5 ") == "44.462,5"
    assert world.content.values[world.indicator.id].value == Decimal("44462.5")


@pytest.mark.parametrize("typed", ["1,234.5", "44,462,000", "mười", "1.23", "12,34567"])
def test_what_is_not_a_vietnamese_number_is_refused(world, typed):
    with pytest.raises(RuleViolation):
        world.type(f"v:{world.indicator.id}:value", typed)


@pytest.mark.parametrize(
    "field",
    ["v:999999:value", "v:x:value", "q:1:value", "v::", "n:999999:text", "s:999999:points", ""],
)
def test_a_field_the_report_does_not_have_does_not_exist(world, field):
    with pytest.raises(NotVisible):
        world.type(field, "1")


def test_a_second_writer_is_told_who_changed_what(world):
    field = f"n:{world.task.id}:text"
    world.type(field, "Bản thứ nhất")
    with pytest.raises(Conflict) as told:
        report_cells.save_field(
            world.report, world.demands, field, "Bản thứ hai", "", by=world.head, at=AT
        )
    assert (told.value.theirs, told.value.by) == ("Bản thứ nhất", world.officer.full_name)


def _save_with_others(report, demands, field, text, base, *, by, at):
    """One cell among several that are written together."""
    typed = [report_cells.Typed(field, text, base)]
    typed += [report_cells.Typed(f"v:{row.id}:note", "Ghi thêm", "") for row in demands.indicators]
    report_cells.save_fields(report, demands, typed, by=by, at=at)


@pytest.mark.both_databases
@pytest.mark.parametrize("begun", ["", "Cũ"])
@pytest.mark.parametrize("save", [report_cells.save_field, _save_with_others])
def test_of_two_writers_in_the_same_moment_the_second_is_told(app, begun, save):
    world, told = World(), []
    field = f"n:{world.task.id}"
    if begun:
        world.type(field, begun)
    db.session.commit()
    report_id, head_id, waits = world.report.id, world.head.id, threading.Event()

    def second():
        with app.app_context():
            report = (
                db.session.query(Report)
                .options(joinedload(Report.participation), joinedload(Report.period))
                .filter_by(id=report_id)
                .one()
            )
            demands = queries.demands_of(report, scheme_of(report.participation.campaign_id))
            waits.set()
            try:
                by = db.session.get(User, head_id)
                save(report, demands, field, "Của người sau", begun, by=by, at=AT)
            except Conflict as conflict:
                told.append(conflict.theirs)
            db.session.rollback()
            db.session.remove()

    other = threading.Thread(target=second)
    world.type(field, "Của người trước", begun)
    other.start()
    if (
        db.engine.dialect.name == "postgresql"
    ):  # SQLite lets the second begin only when the first is done
        assert waits.wait(60)
    time.sleep(0.3)
    db.session.commit()
    other.join(60)
    assert told == ["Của người trước"]


def test_cells_written_together_are_written_as_each_by_itself_row_by_row(world, count_queries):
    number, task = world.indicator.id, world.task.id
    world.type(f"v:{number}:note", "Theo tháng")
    typed = {
        f"w:kind:{number}": "Số chính thức chưa công bố",
        f"v:{number}:value": "99,82",
        f"v:{number}:kind": "estimated",
        f"n:{task}:text": "Đã làm.",
        f"s:{world.criterion.id}:points": "8,5",
        f"s:{world.criterion.id}:explanation": "Theo sổ",
    }
    demands = world.demands
    with count_queries() as seen:
        report_cells.save_fields(
            world.report,
            demands,
            [report_cells.Typed(field, text, "") for field, text in typed.items()],
            by=world.head,
            at=AT,
        )
    assert sorted(" ".join(said.split()[:3]) for said in seen if said[:6] in WRITES) == [
        "INSERT INTO narrative",
        "INSERT INTO self_score",
        "INSERT INTO warning_answer",
        "UPDATE claimed_value SET",
    ]
    content = world.content
    claimed, score = content.values[number], content.scores[world.criterion.id]
    assert (claimed.value, claimed.kind, claimed.note, content.narratives[task]) == (
        Decimal("99.82"),
        ValueKind.ESTIMATED,
        "Theo tháng",
        "Đã làm.",
    )
    assert (score.points, score.explanation) == (Decimal("8.5"), "Theo sổ")
    answer = db.session.query(WarningAnswer).one()
    assert (answer.reason, answer.about) == ("Số chính thức chưa công bố", "estimated")


WRITES = {"INSERT", "UPDATE"}


@pytest.mark.parametrize(
    ("field", "text", "refused"),
    [
        ("n:999999:text", "x", NotVisible),
        ("v:{number}:value", "1.23", RuleViolation),
        ("v:{number}:note", "Theo quý", Conflict),
    ],
)
def test_of_cells_written_together_the_one_that_is_refused_is_told(world, field, text, refused):
    number = world.indicator.id
    world.type(f"v:{number}:note", "Theo tháng")
    typed = [(f"n:{world.task.id}:text", "Đã làm."), (field.format(number=number), text)]
    with pytest.raises(refused):
        report_cells.save_fields(
            world.report,
            world.demands,
            [report_cells.Typed(name, words, "") for name, words in typed],
            by=world.head,
            at=AT,
        )


def test_of_cells_written_each_by_itself_the_refused_are_told_and_only_the_others_stand(world):
    number, criterion = world.indicator.id, world.criterion.id
    world.type(f"v:{number}:note", "Theo tháng")
    typed = {
        f"v:{number}:value": "1.23",
        f"v:{number}:note": "Theo quý",
        f"w:kind:{number}": "Chưa công bố",
        f"s:{criterion}:points": "10,5",
        f"v:{number}:source": "Báo cáo ngành",
    }
    refused = report_cells.save_each(
        world.report,
        world.demands,
        [report_cells.Typed(field, text, "") for field, text in typed.items()],
        by=world.head,
        at=AT,
    )
    assert {field: type(refusal) for field, refusal in refused.items()} == {
        f"v:{number}:value": NumberError,
        f"v:{number}:note": Conflict,
        f"s:{criterion}:points": NumberError,
    }
    claimed = world.content.values[number]
    assert (claimed.value, claimed.note, claimed.source) == (None, "Theo tháng", "Báo cáo ngành")
    assert db.session.query(SelfScore).all() == []
    assert db.session.query(WarningAnswer).one().reason == "Chưa công bố"


def test_a_self_score_above_the_maximum_is_refused(world):
    with pytest.raises(RuleViolation, match="Điểm phải từ 0 đến 10"):
        world.type(f"s:{world.criterion.id}:points", "10,5")


def test_everything_that_is_missing_is_listed_before_submission(world):
    with pytest.raises(RuleViolation, match="Báo cáo còn 3 chỗ phải xử lý"):
        world.submit()


def test_a_blank_with_a_reason_is_no_zero_and_passes(world):
    world.fill()
    world.type(f"v:{world.indicator.id}:value", "", "99,82")
    with pytest.raises(RuleViolation, match="chưa có số liệu; nếu không có, hãy ghi lý do"):
        world.submit()
    world.type(f"v:{world.indicator.id}:blank_reason", "Ngành điện chưa công bố")
    kept = world.submit().snapshot["values"][str(world.indicator.id)]
    assert (kept["value"], kept["blank_reason"]) == (None, "Ngành điện chưa công bố")


def test_points_without_the_evidence_asked_for_are_refused(world):
    world.fill()
    world.type(f"s:{world.criterion.id}:points", "5", "0")
    with pytest.raises(RuleViolation, match="cần ít nhất một minh chứng"):
        world.submit()


def test_a_value_ten_times_the_last_one_passes_only_with_a_reason(app):
    world = World(is_final=True, starts_on=date(2021, 4, 1))
    earlier = build.period(world.campaign, is_final=False, ends_on=date(2021, 3, 31))
    before = actions.open_report(world.campaign, world.entry, earlier)
    before = (
        db.session.query(Report)
        .options(joinedload(Report.participation), joinedload(Report.period))
        .filter_by(id=before.id)
        .one()
    )
    report_cells.save_field(
        before,
        queries.demands_of(before, scheme_of(world.campaign.id)),
        f"v:{world.indicator.id}:value",
        "9",
        "",
        by=world.officer,
        at=AT,
    )
    world.fill()
    with pytest.raises(RuleViolation, match="khác kỳ trước"):
        world.submit()
    world.type(f"w:jump:{world.indicator.id}", "Kỳ trước báo nhầm đơn vị đo")
    assert world.submit().number == 1


@pytest.mark.parametrize(
    ("moment", "is_on_time"),
    [
        (datetime(2021, 4, 30, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2021, 4, 30, 17, 0, tzinfo=UTC), False),
    ],
)
def test_on_time_is_to_the_last_second_of_the_due_day_in_vietnam(world, moment, is_on_time):
    world.fill()
    assert world.submit(moment).is_on_time is is_on_time


def test_after_the_locking_day_nothing_is_taken_any_more(world):
    world.fill()
    locked = datetime(2021, 5, 5, 17, 0, tzinfo=UTC)
    with pytest.raises(RuleViolation, match="Đã đóng nhận báo cáo sau ngày 05/05/2021"):
        world.submit(locked)
    with pytest.raises(RuleViolation, match="Đã đóng nhận báo cáo"):
        actions.refuse_unless_editable(world.campaign, world.report, today=date(2021, 5, 6))


def test_an_extension_moves_both_dates_of_one_unit_and_needs_a_reason(world):
    world.fill()
    dates = {"due_on": date(2021, 5, 8), "locks_on": date(2021, 5, 10)}
    with pytest.raises(RuleViolation, match="Hãy ghi lý do gia hạn"):
        extending.grant_extensions(
            [world.entry], world.period, **dates, reason=" ", by=world.secretary, at=AT
        )
    extending.grant_extensions(
        [world.entry], world.period, **dates, reason="Lũ quét", by=world.secretary, at=AT
    )
    for shorter, sentence, field in (
        ({"due_on": date(2021, 5, 7)}, "Hạn nộp mới phải từ hạn cũ trở đi (08/05/2021).", "due_on"),
        (
            {"locks_on": date(2021, 5, 9)},
            "Ngày đóng nhận báo cáo mới phải từ ngày cũ trở đi (10/05/2021).",
            "locks_on",
        ),
        (
            {"due_on": date(2021, 5, 12)},
            "Ngày đóng nhận báo cáo phải từ hạn nộp mới trở đi (12/05/2021).",
            "locks_on",
        ),
    ):
        with pytest.raises(RuleViolation) as refused:
            extending.grant_extensions(
                [world.entry],
                world.period,
                **{**dates, **shorter},
                reason="Nhầm",
                by=world.secretary,
                at=AT,
            )
        assert (str(refused.value), refused.value.field) == (sentence, field)
    assert world.submit(datetime(2021, 5, 8, 16, 0, tzinfo=UTC)).is_on_time


def test_a_submitted_report_can_be_neither_edited_nor_submitted_again(world):
    world.fill()
    world.submit()
    with pytest.raises(RuleViolation, match="đã nộp, chờ thẩm định"):
        world.submit()
    with pytest.raises(RuleViolation, match="không sửa được nữa"):
        actions.refuse_unless_editable(world.campaign, world.report, today=build.TODAY)


def test_a_returned_report_reopens_as_a_new_version_and_the_old_one_stays(world):
    world.fill()
    first = world.submit()
    kept = dict(first.snapshot)
    with pytest.raises(RuleViolation, match="Hãy ghi lý do trả lại"):
        actions.return_report(
            first, world.report, reason="", due_on=date(2021, 5, 2), by=world.secretary, at=AT
        )
    with pytest.raises(RuleViolation, match="Hạn mới phải từ hôm nay trở đi"):
        actions.return_report(
            first, world.report, reason="Sai", due_on=date(2021, 4, 1), by=world.secretary, at=AT
        )
    actions.return_report(
        first,
        world.report,
        reason="Thiếu nguồn",
        due_on=date(2021, 5, 2),
        by=world.secretary,
        at=AT,
    )
    assert world.report.state is ReportState.RETURNED
    world.type(f"v:{world.indicator.id}:value", "99,9", "99,82")
    second = world.submit(datetime(2021, 5, 2, 10, 0, tzinfo=UTC))
    assert (second.number, second.is_on_time, first.snapshot) == (2, True, kept)


def test_a_return_may_be_due_on_the_day_it_is_made(world):
    world.fill()
    version = world.submit()
    today = date(2021, 4, 28)
    actions.return_report(
        version, world.report, reason="Sai", due_on=today, by=world.secretary, at=AT
    )
    assert world.report.state is ReportState.RETURNED


@pytest.mark.both_databases
def test_the_database_itself_refuses_to_change_a_submitted_version(world):
    world.fill()
    world.submit()
    db.session.commit()
    for statement in ("UPDATE report_version SET sha256 = 'x'", "DELETE FROM report_version"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_officer_prepares_and_the_head_may_give_it_back(world):
    world.fill()
    actions.prepare(
        world.campaign, world.report, world.content, world.demands, by=world.officer, at=AT
    )
    assert world.report.state is ReportState.AWAITING_SIGNATURE
    actions.give_back(world.report)
    assert world.report.state is ReportState.DRAFT
    with pytest.raises(RuleViolation, match="Báo cáo không còn chờ ký"):
        actions.give_back(world.report)


def test_kind_and_source_of_a_value_are_asked_for_and_another_kind_than_wanted_needs_a_reason(
    world,
):
    world.indicator.required_kind = ValueKind.OFFICIAL
    db.session.flush()
    world.fill()
    world.type(f"v:{world.indicator.id}:source", "", "Cục Thống kê")
    world.type(f"v:{world.indicator.id}:kind", "", "estimated")
    name = world.indicator.name
    assert [row.sentence for row in findings(world.content, world.demands)] == [
        f"{name}: chưa chọn loại số liệu (ước, sơ bộ, chính thức).",
        f"{name}: chưa ghi nguồn số liệu.",
    ]
    world.type(f"v:{world.indicator.id}:source", "Cục Thống kê")
    world.type(f"v:{world.indicator.id}:kind", "estimated")
    (found,) = findings(world.content, world.demands)
    assert (found.sentence, found.is_error) == (
        f"{name}: cần số liệu chính thức, đang là ước.",
        False,
    )
    world.type(f"w:{found.warning}", "Chưa có số chính thức")
    assert world.submit().number == 1


def test_a_score_above_the_maximum_is_an_error_wherever_it_came_from(world):
    content = Content(scores={world.criterion.id: SelfAssessment(Decimal(11))})
    sentences = [row.sentence for row in findings(content, world.demands)]
    assert f"{world.criterion.code}: điểm tự chấm quá 10." in sentences


@pytest.mark.parametrize(
    ("phase", "is_offered"),
    [(Phase.SCORING, True), (Phase.MEETING, False), (Phase.PUBLISHED, False)],
)
def test_no_extension_is_offered_or_granted_once_reports_are_taken_no_more(
    app, sign_in, page, phase, is_offered
):
    campaign = build.campaign(phase=phase)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    period = build.period(campaign)
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/reports"
    url = f"{at}/extend/{entry.id}/{period.id}"
    assert (url in page(browser.get(f"{at}/")).links("td a")) is is_offered
    browser.post(url, data={"due_on": "30/05/2021", "locks_on": "31/05/2021", "reason": "Lũ"})
    assert len(deadlines.extensions(entry.id, period.id)) == is_offered


def test_the_board_shows_the_names_it_is_sorted_by(app, sign_in, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    block = build.block(campaign)
    build.period(campaign)
    names = ["Phòng Quản lý thương mại", "Trung tâm Khuyến công", "Văn phòng Sở"]
    for name, short_name in zip(names, ("QLTM", "KC", "Văn phòng"), strict=True):
        build.participation(
            campaign, unit=build.unit(name=name, short_name=short_name), block=block
        )
    board = page(sign_in(build.user(Role.SECRETARIAT)).get(f"/campaigns/{campaign.id}/reports/"))
    assert board.all("table.cards tbody th") == names
