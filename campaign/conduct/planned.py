"""Kế hoạch đến đâu: what each step of a draft already holds, read from the data."""

from datetime import date

from campaign.conduct.path import PlanStep, StandingStep, standing
from campaign.conduct.problems import problems
from campaign.conduct.rules import Step
from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal, format_points
from campaign.council import queries as councils
from campaign.council.rules import CouncilFunction
from campaign.nomination import queries as nominations
from campaign.planning.models import Band, Block, Campaign
from campaign.planning.queries import periods_of, rows_of, scheme_of, tasks_of
from campaign.scheme.rules.table import Scheme


def standing_steps(campaign: Campaign, today: date) -> list[StandingStep]:
    """Các bước lập kế hoạch của một dự thảo, with what stands there and what is missing."""
    return list(standing(_held(campaign), problems(campaign, Step.LAUNCH, today)))


def _held(campaign: Campaign) -> dict[PlanStep, str]:
    """Đã có gì, in words; an empty text where there is nothing yet."""
    scheme = scheme_of(campaign.id)
    return {
        PlanStep.CAMPAIGN: f"{format_date(campaign.starts_on)} – {format_date(campaign.ends_on)}"
        + (f"; {campaign.rule_set_code}" if campaign.rule_set_code else ""),
        PlanStep.BLOCKS: _named([row.name for row in rows_of(Block, campaign.id)], "khối"),
        PlanStep.PERIODS: _named([row.name for row in periods_of(campaign.id)], "kỳ"),
        PlanStep.TASKS: _counted(len(tasks_of(campaign.id)), "nhiệm vụ"),
        PlanStep.INDICATORS: _indicators(scheme),
        PlanStep.TABLE: _table(scheme),
        PlanStep.SETTINGS: f"thang điểm {format_decimal(campaign.scale)}, bước "
        f"{format_decimal(campaign.mark_step)}, {campaign.aggregation.label}",
        PlanStep.BANDS: _named([row.name for row in rows_of(Band, campaign.id)], "mức"),
        PlanStep.AWARDS: _awards(campaign.id),
        PlanStep.COUNCIL: _council(campaign.id),
    }


def _table(scheme: Scheme) -> str:
    total = format_points(scheme.base_total, scheme.places)
    return f"{len(scheme.criteria)} tiêu chí, {total} điểm" if scheme.criteria else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number else ""


MOST_NAMED = 4


def _named(names: list[str], noun: str) -> str:
    """Số lượng và tên, of many only how many."""
    told = _counted(len(names), noun)
    return f"{told}: {'; '.join(names)}" if 0 < len(names) <= MOST_NAMED else told


def _indicators(scheme: Scheme) -> str:
    given = sum(1 for row in scheme.indicators.values() if row.allocations)
    told = _counted(len(scheme.indicators), "chỉ tiêu")
    return f"{told}, {given} có giao riêng" if given else told


def _awards(campaign_id: int) -> str:
    told = _counted(len(nominations.kinds(campaign_id)), "hình thức")
    quotas = len(nominations.quotas(campaign_id))
    return f"{told}, {quotas} chỉ tiêu theo khối" if told and quotas else told


def _council(campaign_id: int) -> str:
    serving = [row for row in councils.members(campaign_id) if row.left_on is None]
    chair = next((row for row in serving if row.function is CouncilFunction.CHAIR), None)
    told = _counted(len(serving), "người")
    return f"{told}, Chủ tịch {chair.user.full_name}" if chair else told
