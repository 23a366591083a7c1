"""The second campaign of the demo: a table of three levels, and work for everybody."""

from collections import Counter
from datetime import date
from decimal import Decimal as D

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.clarification.models import ClarificationRound
from campaign.demo import clock
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.home.queries import todos
from campaign.planning.models import Campaign
from campaign.planning.queries import periods_of, scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.web.clock import today


@pytest.fixture
def health(tell):
    tell(Stage.HEALTH)
    return db.session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()


def test_both_campaigns_stand_side_by_side_on_a_day_of_2026(health):
    first = db.session.scalars(select(Campaign).order_by(Campaign.id)).first()
    assert (first.phase, health.phase) == (Phase.PUBLISHED, Phase.VERIFYING)
    assert clock.rehearsal_date() == date(2026, 11, 6)
    assert (health.scale, health.rule_set_code) == (D(1000), "RS-2026")
    scheme = scheme_of(health.id)
    assert scheme.base_total == D(1000)
    assert max(node.level for node in scheme.nodes) == 2
    assert {row.code for row in scheme.counted} == {"I.2.3", "III.1.2", "V.1", "V.2"}
    assert len(db.session.scalars(select(ClarificationRound)).all()) == 1


def test_reports_stand_everywhere_and_everybody_has_something_to_do(app, health):
    states = Counter(
        row.state.value
        for row in db.session.scalars(
            select(Report).where(Report.period_id.in_([period.id for period in _final(health)]))
        )
    )
    assert states == {
        "draft": 2,
        "awaiting_signature": 2,
        "submitted": 3,
        "returned": 1,
        "verified": 3,
    }
    first = {}
    with app.test_request_context():
        for name in ("thuong-truc-yt", "truong.bvsn", "canbo.bvtt", "truong.bvph", "canbo.cc115"):
            user = db.session.scalars(
                select(User).where(User.user_name == name).options(selectinload(User.grants))
            ).one()
            first[name] = todos(user, health, today())[0].text
    assert first == {
        "thuong-truc-yt": "Báo cáo đã nộp chờ thẩm định",
        "truong.bvsn": "Xem kết quả thẩm định, chấp nhận hoặc giải trình: BV Sản Nhi",
        "canbo.bvtt": "Viết tiếp báo cáo: Cuối phong trào 2026 – BV Tâm thần",
        "truong.bvph": "Ký nộp: Cuối phong trào 2026 – BV Phục hồi CN",
        "canbo.cc115": "Sửa báo cáo bị trả lại: Cuối phong trào 2026 – TT Cấp cứu 115",
    }


def _final(health):
    return [period for period in periods_of(health.id) if period.is_final]
