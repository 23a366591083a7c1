"""Tập đóng các cách tính (design decision 8): each kind of rule has its formula here."""

from collections.abc import Mapping
from typing import Any

from campaign.scheme.rules.formulas.all_or_nothing import ALL_OR_NOTHING
from campaign.scheme.rules.formulas.bands import BANDS
from campaign.scheme.rules.formulas.best_value import BEST_VALUE
from campaign.scheme.rules.formulas.ceiling import CEILING
from campaign.scheme.rules.formulas.formula import Formula
from campaign.scheme.rules.formulas.growth_share import GROWTH_SHARE
from campaign.scheme.rules.formulas.leader import LEADER
from campaign.scheme.rules.formulas.levels import LEVELS
from campaign.scheme.rules.formulas.place_in_block import (
    PARTS_OF_BLOCK,
    PLACE_TABLE,
    RANK_IN_BLOCK,
)
from campaign.scheme.rules.formulas.proportion import PROPORTION
from campaign.scheme.rules.formulas.start_and_step import START_AND_STEP
from campaign.scheme.rules.formulas.step import STEP
from campaign.scheme.rules.points_rule import PointsRuleKind

FORMULAS: Mapping[PointsRuleKind, Formula[Any]] = {
    PointsRuleKind.LINEAR: PROPORTION,
    PointsRuleKind.STEP: STEP,
    PointsRuleKind.BANDS: BANDS,
    PointsRuleKind.LEVELS: LEVELS,
    PointsRuleKind.ALL_OR_NOTHING: ALL_OR_NOTHING,
    PointsRuleKind.CEILING: CEILING,
    PointsRuleKind.START_AND_STEP: START_AND_STEP,
    PointsRuleKind.RANK_IN_BLOCK: RANK_IN_BLOCK,
    PointsRuleKind.PLACE_TABLE: PLACE_TABLE,
    PointsRuleKind.PARTS_OF_BLOCK: PARTS_OF_BLOCK,
    PointsRuleKind.LEADER: LEADER,
    PointsRuleKind.BEST_VALUE: BEST_VALUE,
    PointsRuleKind.GROWTH_SHARE: GROWTH_SHARE,
}
