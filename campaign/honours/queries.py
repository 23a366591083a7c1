"""Danh mục khen thưởng: rule sets, award types, base salaries, awards of earlier years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, select

from campaign.core.errors import NotVisible
from campaign.core.text import search_key
from campaign.extensions import db
from campaign.honours.instruments import covers, rule_set_for
from campaign.honours.models import AwardType, BaseSalary, PastAward, RuleSet
from campaign.honours.rules import Subject


def rule_sets() -> Sequence[RuleSet]:
    """Các bộ quy định, by code."""
    return db.session.scalars(select(RuleSet).order_by(RuleSet.code)).all()


def rule_set(code: str) -> RuleSet:
    """Một bộ quy định."""
    row = db.session.get(RuleSet, code)
    if row is None:
        raise NotVisible
    return row


def rule_set_on(own_code: str | None, day: date) -> RuleSet | None:
    """Bộ quy định của ngày nhận hồ sơ: the campaign's own while it stands."""
    own = db.session.get(RuleSet, own_code) if own_code else None
    return own if own is None or covers(own, day) else rule_set_for(own, rule_sets(), day)


def award_type_on(own: AwardType, day: date) -> AwardType:
    """Hình thức này theo bộ quy định của ngày nhận hồ sơ; itself where that has no such one."""
    rules = rule_set_on(own.rule_set_code, day)
    if rules is None or rules.code == own.rule_set_code:
        return own
    twins = (row for row in award_types(rules.code) if (row.code, row.name) == (own.code, own.name))
    return next(twins, own)


def base_salaries() -> Sequence[BaseSalary]:
    """Bảng lương cơ sở, newest first."""
    return db.session.scalars(select(BaseSalary).order_by(BaseSalary.from_on.desc())).all()


def salary_table() -> dict[date, int]:
    """Lương cơ sở theo ngày."""
    return {row.from_on: row.amount for row in base_salaries()}


def award_types(rule_set_code: str | None = None) -> Sequence[AwardType]:
    """Danh mục hình thức, by rule set and order."""
    statement = select(AwardType).order_by(
        AwardType.rule_set_code, AwardType.position, AwardType.id
    )
    if rule_set_code is not None:
        statement = statement.where(AwardType.rule_set_code == rule_set_code)
    return db.session.scalars(statement).all()


def award_type(award_type_id: int) -> AwardType:
    """Một hình thức trong danh mục."""
    row = db.session.get(AwardType, award_type_id)
    if row is None:
        raise NotVisible
    return row


def past_awards(
    *,
    words: str = "",
    year: int | None = None,
    subject: Subject | None = None,
    order: Sequence[Any] = (),
) -> Select[Any]:
    """Khen thưởng các năm trước từ hồ sơ cũ, newest first; searched like the register."""
    statement = select(PastAward).order_by(
        *order, PastAward.year.desc(), PastAward.number, PastAward.id
    )
    columns = (PastAward.search_key, PastAward.year, PastAward.subject)
    return searched(statement, columns, words=words, year=year, subject=subject)


def searched(
    statement: Select[Any],
    columns: tuple[SQLColumnExpression[Any], SQLColumnExpression[Any], SQLColumnExpression[Any]],
    *,
    words: str,
    year: int | None,
    subject: Subject | None,
) -> Select[Any]:
    """Tìm trong sổ, as far as each is asked for; `columns`: what a name is sought by, the year and
    the subject.
    """
    key, of_year, of_subject = columns
    if words:
        statement = statement.where(key.contains(search_key(words), autoescape=True))
    if year is not None:
        statement = statement.where(of_year == year)
    return statement if subject is None else statement.where(of_subject == subject)


def past_awards_of(year: int) -> Sequence[PastAward]:
    """Các lượt khen thưởng trong hồ sơ cũ of a year."""
    return db.session.scalars(
        select(PastAward).where(PastAward.year == year).order_by(PastAward.id)
    ).all()
