"""Points that stand in a text are written so that the text can be saved again as it is."""

from decimal import Decimal as D

import pytest
from werkzeug.datastructures import MultiDict

from campaign.scheme.checklist_fields import ChecklistFields, typed_checklist
from campaign.scheme.count_fields import CountFields, typed_rule
from campaign.scheme.criterion_cells import Rules, criterion_cell, rules_from_cell
from campaign.scheme.rules.checklist import ChecklistItem, checklist_data
from campaign.scheme.rules.counts import CountRule, CountRuleKind, KindPoints
from campaign.scheme.rules.terms import JudgedBy

POINTS = [D("1.125"), D("44.462"), D("0.125"), D("2.5"), D("1.0625"), D(1000)]


@pytest.mark.parametrize("points", POINTS)
def test_points_with_three_decimals_are_read_back_as_they_were(app, points):
    items = (ChecklistItem("Có quy chế", points),)
    rule = CountRule(CountRuleKind.AWARDS, kinds=(KindPoints("Bằng khen", points),))
    with app.test_request_context(method="POST"):
        listed = ChecklistFields(MultiDict(typed_checklist(checklist_data(items))))
        assert listed.checklist == items
        texts = {name: value for name, value in typed_rule(rule.to_data()).items() if value}
        assert CountFields(MultiDict(texts)).count_rule.kinds == rule.kinds
    for rules, judged_by in (
        (Rules(checklist=items), JudgedBy.CHECKLIST),
        (Rules(count_rule=rule), JudgedBy.COUNT),
    ):
        assert rules_from_cell(criterion_cell(rules), judged_by) == rules
