"""Xếp hạng: freezing the ranking with the ids of everything it used."""

import hashlib
import json
from datetime import datetime
from typing import Any

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.core.errors import RuleViolation
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.ranking import queries
from campaign.ranking.explanation import NOTHING, explain
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.reporting.rules import from_snapshot
from campaign.scoring.queries import final_snapshot
from campaign.verification.queries import finished_units, finishers
from campaign.verification.rules import block_results


class NotFreezable(RuleViolation):
    """Chưa khoá được xếp hạng."""


def freeze(campaign: Campaign, *, reason: str, by: User, at: datetime) -> FrozenRanking:
    """Khoá xếp hạng after scoring is closed: a snapshot nothing can move; replacing one needs a reason."""
    if campaign.phase not in {Phase.MEETING, Phase.DECIDING}:
        message = "Chỉ khoá xếp hạng sau khi đóng chấm điểm và trước khi công bố."
        raise NotFreezable(message)
    text = one_line(reason)
    if queries.latest_frozen(campaign.id) is not None and not text:
        message = "Xếp hạng đã khoá; muốn khoá lại, hãy ghi lý do."
        raise RuleViolation(message, field="reason")
    standings = _standings(campaign)
    if not any(row["explanation"]["rank"] for row in standings):
        message = "Chưa có đơn vị nào được xếp hạng."
        raise NotFreezable(message)
    number, head = audit.head()
    settings = {"aggregation": campaign.aggregation.value, "minimum_marks": campaign.minimum_marks,
                "tie_breaks": list(campaign.tie_breaks), "rule_set": campaign.rule_set_code}
    digest = hashlib.sha256(json.dumps([settings, [row["explanation"] for row in standings]], ensure_ascii=False,
                                       sort_keys=True).encode()).hexdigest()
    ranking = FrozenRanking(campaign_id=campaign.id, at=at, by_id=by.id, reason=text, settings=settings,
                            audit_number=number, audit_hash=head, sha256=digest)
    db.session.add(ranking)
    db.session.flush()
    db.session.add_all([FrozenStanding(ranking_id=ranking.id, **row) for row in standings])
    return ranking


def _standings(campaign: Campaign) -> list[dict[str, Any]]:
    scheme = scheme_of(campaign.id)
    found = []
    for block in queries.blocks(campaign.id):
        units = {unit.participation_id: unit for unit in finished_units(campaign.id, block.id)}
        results, finished = block_results(scheme, list(units.values())), finishers(block.id)
        counted = queries.tallies(block.id, campaign.aggregation, in_full=True)
        table = queries.table(campaign, block, scheme=scheme, verified=results, counted=counted)
        for row in [*table.ranked, *table.unranked]:
            explanation: dict[str, Any] = {**NOTHING, "unit": row.name, "reason": row.reason}
            if row.id in units:
                unit = units[row.id]
                content = from_snapshot(final_snapshot(row.id, unit.version_id))
                explanation = explain(row, scheme, results[row.id], content, unit.values, unit.points,
                                      queries.marks_of(block.id, row.id), campaign.aggregation, finished.get(row.id))
            found.append({"participation_id": row.id, "block_id": block.id,
                          "rank": row.standing.rank if row.standing else None,
                          "total": row.total if row.standing else None, "band": row.band, "explanation": explanation})
    return found
