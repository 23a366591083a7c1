"""Danh mục khen thưởng: installing, editing and confirming its entries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import (
    one_line,
    search_key,
)
from campaign.core.vote_rules import rule_from_data, rule_problem
from campaign.extensions import db
from campaign.honours import queries
from campaign.honours.catalogue import (
    AWARD_TYPES,
    BASE_SALARIES,
    FORMER_REPORT_FORMS,
    FORMER_SOURCES,
    FORMER_VOTES,
)
from campaign.honours.models import AwardType, BaseSalary, RuleSet
from campaign.honours.rule_sets import FORMER_RULE_SETS, RULE_SETS
from campaign.honours.rules import CampaignChoice, Fact, award_type_problem

_FIXED = (
    "in_force_from",
    "power_basis",
    "legal_basis",
    "rounding",
    "puts_women_first",
    "pays_highest_only",
)
"""Phần của bộ quy định mà quyết định đã ký dựa vào."""
_EDITED = (
    "title",
    "in_force_to",
    *_FIXED,
    "has_golden_book",
    "women_source",
    "highest_source",
    "source",
)


def edit_rule_set(row: RuleSet, values: Mapping[str, Any], *, is_in_use: bool) -> None:
    """Sửa bộ quy định; what was changed waits to be checked again. Of one a signed decision rests
    on only the name, the source and the day it ends are changed.
    """
    if is_in_use:
        _demand_unchanged(row, values)
    if (
        values["in_force_from"]
        and values["in_force_to"]
        and values["in_force_to"] < values["in_force_from"]
    ):
        refuse("Ngày hết hiệu lực phải sau ngày có hiệu lực.", "in_force_to")
    for name in _EDITED:
        setattr(row, name, values[name])
    row.checked_by_id = row.checked_on = None


def _demand_unchanged(row: RuleSet, values: Mapping[str, Any]) -> None:
    if any(getattr(row, name) != values[name] for name in _FIXED):
        refuse(
            "Đã có quyết định ký theo bộ quy định này nên ngày hiệu lực, căn cứ, cách làm tròn, "
            "cách trả thưởng, thứ tự ưu tiên không sửa được; "
            "hãy lập bộ quy định mới."
        )


def bring_up_to_date(
    row: Any, shipped: Mapping[str, Any], former: Mapping[str, tuple[Any, ...]]
) -> None:
    """Nâng một mục danh mục: each value that the office left as it was shipped before."""
    for name, values in former.items():
        if name in shipped and getattr(row, name) in values:
            setattr(row, name, shipped[name])


def install_catalogue() -> None:
    """Cài danh mục khen thưởng: rule sets, award types and base salaries that are not there yet.

    Of an entry that nobody confirmed, what still stands as it was shipped before is brought up to
    date.
    """
    _install_rule_sets()
    _install_award_types()
    _install_salaries()
    db.session.flush()


def _install_award_types() -> None:
    held = {(row.rule_set_code, row.code): row for row in queries.award_types()}
    for rule_set, rows in AWARD_TYPES.items():
        if db.session.get(RuleSet, rule_set) is None:
            continue
        for place, values in enumerate(rows, start=1):
            row = held.get((rule_set, values["code"]))
            if row is None:
                db.session.add(AwardType(rule_set_code=rule_set, position=place, **values))
            else:
                _bring_award_type_up_to_date(row, values)


def _install_salaries() -> None:
    days = set(queries.salary_table())
    db.session.add_all(
        [
            BaseSalary(from_on=day, amount=amount, source=source)
            for day, amount, source in BASE_SALARIES
            if day not in days
        ]
    )


def _install_rule_sets() -> None:
    for values in RULE_SETS:
        row = db.session.get(RuleSet, values["code"])
        if row is None:
            db.session.add(RuleSet(**values))
        elif row.checked_on is None:
            bring_up_to_date(row, values, FORMER_RULE_SETS.get(row.code, {}))


def _bring_award_type_up_to_date(row: AwardType, values: Mapping[str, Any]) -> None:
    """Each of its three facts by itself: what nobody confirmed and the office left as shipped."""
    if row.checked_on is None:
        bring_up_to_date(row, values, {"source": FORMER_SOURCES})
    if row.checked_on is None and not row.vote_source:
        row.for_households = values.get("for_households", False)
    if row.vote_checked_on is None and not row.vote_source:
        _bring_vote_up_to_date(row, values)
    if row.report_checked_on is None:
        _bring_report_up_to_date(row, values)


def _bring_vote_up_to_date(row: AwardType, values: Mapping[str, Any]) -> None:
    former = rule_from_data(FORMER_VOTES.get(row.code, values["vote"]))
    if rule_from_data(row.vote) == former:
        row.vote, row.vote_source, row.vote_ground = (
            values["vote"],
            values["vote_source"],
            values["vote_ground"],
        )


def _bring_report_up_to_date(row: AwardType, values: Mapping[str, Any]) -> None:
    known_forms = {*FORMER_REPORT_FORMS, values.get("report_form", "")}
    if row.report_form in known_forms and not row.report_source:
        row.report_source = values.get("report_source", "")
    bring_up_to_date(row, values, {"report_form": FORMER_REPORT_FORMS})


def confirm(
    row: AwardType | BaseSalary | RuleSet, *, by: User, on: date, fact: Fact = Fact.MONEY
) -> None:
    """Xác nhận đã đối chiếu with the document: who and when, for its money, majority or report."""
    _mark(row, fact, by.id, on)


def _mark(
    row: AwardType | BaseSalary | RuleSet, fact: Fact, by_id: int | None, on: date | None
) -> None:
    if isinstance(row, AwardType) and fact is Fact.VOTE:
        row.vote_checked_by_id, row.vote_checked_on = by_id, on
    elif isinstance(row, AwardType) and fact is Fact.REPORT:
        row.report_checked_by_id, row.report_checked_on = by_id, on
    else:
        row.checked_by_id, row.checked_on = by_id, on


def add_award_type(rule_set: RuleSet, values: Mapping[str, Any]) -> AwardType:
    """Thêm một hình thức vào danh mục của bộ quy định, not yet checked by anybody."""
    held = queries.award_types(rule_set.code)
    row = AwardType(
        rule_set_code=rule_set.code, code=f"them-{len(held) + 1}", position=len(held) + 1
    )
    _describe(row, values, held)
    db.session.add(row)
    db.session.flush()
    return row


def edit_award_type(
    row: AwardType, values: Mapping[str, Any], *, is_in_use: bool, chosen: Iterable[CampaignChoice]
) -> None:
    """Sửa một hình thức trong danh mục: not one a signed decision rests on; whoever checked it must
    check again.

    Campaigns that chose it (`chosen`) must still be able to: what it would forbid them is refused.
    """
    if is_in_use:
        refuse(
            "Đã có quyết định ký theo hình thức này nên không sửa được; hãy lập bộ quy định mới."
        )
    changed = _changed_facts(row, values)
    _describe(row, values, queries.award_types(row.rule_set_code))
    _demand_choosable(row, chosen)
    for fact in changed:
        _mark(row, fact, None, None)


def _demand_choosable(row: AwardType, chosen: Iterable[CampaignChoice]) -> None:
    for choice in chosen:
        if problem := award_type_problem(
            row.facts, choice.subject, choice.starts_on, choice.ends_on
        ):
            refuse(f"Phong trào “{choice.campaign}” đang dùng hình thức này: {problem}")


FACTS_OF = {
    "vote": Fact.VOTE,
    "vote_source": Fact.VOTE,
    "vote_ground": Fact.VOTE,
    "report_form": Fact.REPORT,
    "report_source": Fact.REPORT,
    "report_ground": Fact.REPORT,
}
"""Mục nào phải đối chiếu lại when an entry is changed; all else belongs to the money."""


def _changed_facts(row: AwardType, values: Mapping[str, Any]) -> set[Fact]:
    return {
        FACTS_OF.get(name, Fact.MONEY)
        for name, value in values.items()
        if getattr(row, name) != value
    }


def _describe(row: AwardType, values: Mapping[str, Any], held: Iterable[AwardType]) -> None:
    """Ghi các mục của hình thức; `held`: the forms of its rule set."""
    name = search_key(values.get("name", row.name))
    if any(search_key(other.name) == name for other in held if other is not row):
        refuse("Bộ quy định đã có hình thức tên này.", "name")
    if problem := rule_problem(rule_from_data(values.get("vote", row.vote))):
        refuse(problem, "share")
    whom = ("for_collectives", "for_households", "for_individuals")
    if not any(values.get(name, getattr(row, name)) for name in whom):
        refuse("Hãy chọn hình thức này tặng tập thể, hộ gia đình hay cá nhân.", "for_individuals")
    for field, value in values.items():
        setattr(row, field, value)


def add_salary(
    from_on: date, amount: int, source: str, *, is_in_use: bool, last_signed_on: date | None
) -> BaseSalary:
    """Thêm mức lương cơ sở: a new day; one that stands changes only while none rests on it."""
    salary = db.session.get(BaseSalary, from_on)
    if salary is not None and is_in_use:
        refuse("Đã có quyết định ký theo mức lương này nên không sửa được.", "from_on")
    if salary is None:
        _demand_unsigned(from_on, last_signed_on)
        salary = BaseSalary(from_on=from_on)
        db.session.add(salary)
    salary.amount, salary.source = amount, one_line(source)
    salary.checked_by_id = salary.checked_on = None
    return salary


def _demand_unsigned(from_on: date, last_signed_on: date | None) -> None:
    """No decision that is signed would have been worked out from another salary."""
    if last_signed_on is not None and last_signed_on >= from_on:
        refuse(
            "Đã có quyết định ký từ ngày này về sau; mức lương mới không được đổi tiền của "
            "quyết định đã ký.",
            "from_on",
        )


COPIED_FACTS = (
    "code",
    "name",
    "level",
    "signatory",
    "for_collectives",
    "for_individuals",
    "for_households",
    "coefficient",
    "collective_factor",
    "household_factor",
    "is_annual",
    "minimum_months",
    "by_launcher_only",
    "report_form",
    "vote",
    "source",
    "position",
    "is_title",
    "money_ground",
    "vote_source",
    "vote_ground",
    "report_source",
    "report_ground",
)


def copy_rule_set(source: RuleSet, *, code: str, title: str, in_force_from: date) -> RuleSet:
    """Lập bộ quy định mới from an old one, where the law changed, with its award types: nothing of
    it is checked yet.
    """
    code = one_line(code)
    if db.session.get(RuleSet, code) is not None:
        refuse(f"Đã có bộ quy định “{code}”.", "code")
    made = _twin(source, code, title, in_force_from)
    db.session.add(made)
    db.session.flush()
    db.session.add_all([_of_twin(row, made.code) for row in queries.award_types(source.code)])
    db.session.flush()
    return made


def _of_twin(row: AwardType, code: str) -> AwardType:
    facts = {name: getattr(row, name) for name in COPIED_FACTS}
    return AwardType(rule_set_code=code, **facts)


def _twin(source: RuleSet, code: str, title: str, in_force_from: date) -> RuleSet:
    """The same rules under another code, from another day on."""
    return RuleSet(
        code=code,
        title=title,
        in_force_from=in_force_from,
        power_basis=source.power_basis,
        legal_basis=source.legal_basis,
        rounding=source.rounding,
        has_golden_book=source.has_golden_book,
        puts_women_first=source.puts_women_first,
        women_source=source.women_source,
        pays_highest_only=source.pays_highest_only,
        highest_source=source.highest_source,
        source=f"lập từ {source.code}, sửa theo văn bản mới",
    )
