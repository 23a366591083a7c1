"""Tập đóng các cách tính (design decision 8): each kind of rule has its formula here."""

from collections.abc import Mapping

from campaign.scheme.rules.formulas.all_or_nothing import ALL_OR_NOTHING
from campaign.scheme.rules.formulas.bands import BANDS
from campaign.scheme.rules.formulas.ceiling import CEILING
from campaign.scheme.rules.formulas.formula import Formula
from campaign.scheme.rules.formulas.place_in_block import PLACE_IN_BLOCK
from campaign.scheme.rules.formulas.proportion import PROPORTION
from campaign.scheme.rules.formulas.step import STEP
from campaign.scheme.rules.points_rule import PointsRuleKind

FORMULAS: Mapping[PointsRuleKind, Formula] = {
    PointsRuleKind.LINEAR: PROPORTION,
    PointsRuleKind.STEP: STEP,
    PointsRuleKind.BANDS: BANDS,
    PointsRuleKind.ALL_OR_NOTHING: ALL_OR_NOTHING,
    PointsRuleKind.CEILING: CEILING,
    PointsRuleKind.RANK_IN_BLOCK: PLACE_IN_BLOCK,
}
