"""Quyết định: drafting it and editing the draft."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from campaign.accounts.queries import director_of
from campaign.core.amounts import dong
from campaign.core.dates import fixed_holidays
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.decision import queries
from campaign.decision.figures import refigure
from campaign.decision.law import drafted_basis
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.numbering import clean_symbol
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.extensions import db
from campaign.honours import queries as catalogue
from campaign.honours.models import RuleSet
from campaign.honours.rules import Subject
from campaign.nomination import queries as nominations
from campaign.nomination.models import Nominee
from campaign.papers.rules import territory_of
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from campaign.units.queries import letterhead, office_names, other_office

LONGEST_NOTICE = timedelta(92)
"""Sixty working days, from the day on which a decision is drafted."""


def draft_decision(campaign: Campaign, *, on: date) -> Decision:
    """Lập dự thảo quyết định from the elected lines of the department's level, in their order."""
    rows = _demand_elected(campaign)
    decision = _new_draft(campaign, rows, on)
    db.session.add(decision)
    db.session.flush()
    _list_lines(campaign, decision, rows)
    refigure(campaign, decision)
    return decision


def _demand_elected(campaign: Campaign) -> Sequence[Nominee]:
    """Đề nghị đã thông qua that stands in no decision; held, so that two drafts do not take it."""
    hold(campaign)
    if campaign.phase is not Phase.DECIDING:
        refuse("Chỉ lập quyết định khi phong trào ở bước “Quyết định”.")
    rows = queries.undecided(campaign.id)
    if not rows:
        refuse("Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.")
    return rows


def _new_draft(campaign: Campaign, rows: Sequence[Nominee], on: date) -> Decision:
    """Dự thảo without its list, under the rules of the day on which the dossiers were received."""
    received = _received_on(rows, on)
    rules = _rules_of(campaign, received)
    return Decision(
        campaign_id=campaign.id,
        planned_on=on,
        rule_set_code=rules.code,
        base_salary=0,
        rounding=rules.rounding,
        received_on=received,
        legal_basis=drafted_basis(rules, on),
        notice_holidays=_holidays(on),
        **_usual_head(campaign),
    )


def demand_complete(decision: Decision) -> None:
    """Dự thảo đủ để đưa ra: it names who signs it, and somebody stands on its list."""
    if not decision.signer_name:
        refuse("Dự thảo chưa có tên người ký.", "signer_name")
    if not queries.lines_of(decision.id):
        refuse("Danh sách kèm theo quyết định đang trống.")


def _holidays(on: date) -> list[str]:
    """Ngày nghỉ lễ cố định while a notice drafted then may run: late in a year the next's too."""
    years = sorted({on.year, (on + LONGEST_NOTICE).year})
    return [day.isoformat() for year in years for day in fixed_holidays(year)]


def _received_on(rows: Sequence[Nominee], on: date) -> date:
    """Ngày nhận hồ sơ: when the last head signed, or, where none did, the day of the draft."""
    return nominations.received_on(rows) or on


def _rules_of(campaign: Campaign, received: date) -> RuleSet:
    """Bộ quy định của ngày nhận hồ sơ; the campaign's own while it stands."""
    rules = catalogue.rule_set_on(campaign.rule_set_code, received)
    return rules or refuse("Phong trào chưa chọn bộ quy định.")


def _usual_head(campaign: Campaign) -> dict[str, str]:
    """Phần đầu thường dùng: as the office's last decision had it, else from its letterhead and
    name; all of it can be changed.
    """
    last, head = queries.last_decision(campaign.organiser_id), letterhead()
    office = db.session.get(Unit, campaign.organiser_id) if campaign.organiser_id else None
    names, other = office_names(campaign.organiser_id), other_office(campaign.organiser_id)
    code = names.code or (office.code if office else "")
    usual = {
        "place": names.place or territory_of(office.name if office else ""),
        "symbol": f"QĐ-{code}" if code else "QĐ",
        "fund": f"Quỹ thi đua, khen thưởng của {office.name}" if office else "",
        "signer_job": other.signs_as if other else head.leader_job,
        "signer_name": director_of(other.id) if other else head.leader_name,
    }
    return usual | _kept_from(last)


def _kept_from(last: Decision | None) -> dict[str, str]:
    """What the head of the last decision says, of what an office keeps from one to the next."""
    return {
        name: getattr(last, name)
        for name in ("place", "symbol", "fund")
        if last is not None and getattr(last, name)
    }


def _list_lines(campaign: Campaign, decision: Decision, rows: Sequence[Nominee]) -> None:
    blocks = {
        row.participation_id: row.block_id for row in nominations.frozen_ranks(campaign.id).values()
    }
    names = {panel.block.id: panel.block.name for panel in nominations.panels(campaign, [])}
    for row in rows:
        block_name = names.get(blocks.get(row.participation_id) or 0, "")
        db.session.add(_line_of(decision, row, block_name))
    db.session.flush()


def _line_of(decision: Decision, row: Nominee, block_name: str) -> DecisionLine:
    return DecisionLine(
        decision_id=decision.id,
        nominee_id=row.id,
        kind_id=row.kind_id,
        position=0,
        form_name=row.kind.award_type.name,
        subject=row.kind.subject,
        honorific=row.honorific if row.kind.subject is Subject.INDIVIDUAL else "",
        name=row.name,
        search_key=row.search_key,
        job=row.job,
        unit_name=row.participation.unit.name,
        is_leader=row.is_leader,
        is_illustrative=row.is_illustrative,
        block_name=block_name,
        amount=0,
    )


HEAD = (
    "number",
    "symbol",
    "place",
    "planned_on",
    "received_on",
    "rule_set_code",
    "signer_form",
    "signer_job",
    "signer_name",
    "legal_basis",
    "fund",
    "order",
    "notice_days",
    "notice_is_working",
    "notice_holidays",
    "notice_is_public",
    "reason",
    "recover",
)


def edit_decision(campaign: Campaign, decision: Decision, values: Mapping[str, Any]) -> None:
    """Sửa dự thảo: every fact of its head; money and order follow."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo nên không sửa được.")
    if decision.kind is not DecisionKind.AWARD and not one_line(values.get("reason") or ""):
        refuse("Hãy ghi lý do.", "reason")
    changes = {name: values[name] for name in HEAD if name in values}
    was = (decision.received_on, decision.rule_set_code, decision.legal_basis)
    basis = drafted_basis(db.session.get_one(RuleSet, decision.rule_set_code), decision.planned_on)
    if "symbol" in changes:
        changes["symbol"] = clean_symbol(changes["symbol"])
    for name, value in changes.items():
        setattr(decision, name, value)
    _demand_recoverable(decision)
    if decision.kind is DecisionKind.AWARD:
        _follow_the_law(campaign, decision, was, basis)
    refigure(campaign, decision)


def _follow_the_law(
    campaign: Campaign, decision: Decision, was: tuple[date | None, str, str], basis: str
) -> None:
    """The rule set follows the day of the dossier unless it is chosen; its bases follow where
    nobody wrote others.
    """
    received_on, code, text = was
    if (
        decision.received_on is not None
        and decision.received_on != received_on
        and decision.rule_set_code == code
    ):
        decision.rule_set_code = _rules_of(campaign, decision.received_on).code
    if decision.legal_basis == text == basis:
        rules = db.session.get_one(RuleSet, decision.rule_set_code)
        decision.legal_basis = drafted_basis(rules, decision.planned_on)


def _demand_recoverable(decision: Decision) -> None:
    """What is to be paid back is at most what was paid to those whose award is revoked."""
    paid = _paid(decision)
    if decision.recover > paid:
        refuse(
            "Số tiền thu hồi không được lớn hơn tiền thưởng của các dòng bị thu hồi: "
            f"{dong(paid)} đồng.",
            "recover",
        )


def _paid(decision: Decision) -> int:
    """Tiền thưởng của các dòng bị thu hồi; of other decisions there is nothing to recover."""
    lines = queries.lines_of(decision.id) if decision.kind is DecisionKind.REVOCATION else ()
    return sum(line.amount for line in lines)


def remove_line(campaign: Campaign, decision: Decision, nominee_id: int) -> None:
    """Bỏ một dòng khỏi dự thảo."""
    if decision.state is not DecisionState.DRAFT:
        refuse("Quyết định không còn là dự thảo nên không sửa được.")
    line = next(
        (listed for listed in queries.lines_of(decision.id) if listed.nominee_id == nominee_id),
        None,
    )
    if line is not None:
        is_all_recovered = decision.recover == _paid(decision)
        db.session.delete(line)
        db.session.flush()
        paid = _paid(decision)
        decision.recover = paid if is_all_recovered else min(decision.recover, paid)
        refigure(campaign, decision)


def delete_decision(decision: Decision) -> None:
    """Xoá dự thảo that was never posted."""
    if (
        decision.state is not DecisionState.DRAFT
        or queries.objections_of(decision.id)
        or queries.withdrawals_of(decision.id)
    ):
        refuse("Chỉ xoá được dự thảo chưa lấy ý kiến.")
    db.session.delete(decision)


def add_elected(campaign: Campaign, decision: Decision) -> int:
    """Thêm các đề nghị mới được Hội đồng thông qua vào dự thảo, as after a line came back from the
    Council; gives how many.
    """
    if decision.state is not DecisionState.DRAFT or decision.kind is not DecisionKind.AWARD:
        refuse("Chỉ thêm được vào dự thảo quyết định khen thưởng.")
    hold(campaign)
    rows = queries.undecided(campaign.id)
    if not rows:
        refuse("Không có đề nghị nào đã được Hội đồng thông qua mà chưa có quyết định.")
    _list_lines(campaign, decision, rows)
    refigure(campaign, decision)
    return len(rows)
