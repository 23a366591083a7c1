"""Những gì theo ô vừa gõ: texts and parts of the editor's page that a saved cell changes."""

from collections.abc import Sequence

from flask import render_template

from campaign.core.cells import cell_name
from campaign.planning.queries import shares_of
from campaign.reporting import actions
from campaign.reporting.checks import Finding, blocking, findings
from campaign.reporting.contents import Part, contents, contents_words
from campaign.reporting.opened import OpenReport
from campaign.reporting.rules import Content, progress_text, rule_points_text


def texts(opened: OpenReport, content: Content, seen: list[Finding], field: str) -> dict[str, str]:
    """Texts of the page that follow from what was just typed."""
    remaining = blocking(seen, content.answers)
    follows = _what_is_left(opened, contents(opened.demands, content, remaining), remaining)
    name = cell_name(field)
    if name.letter == "s":
        return follows | _of_checklist(opened, content, name.number)
    if name.letter == "v":
        return follows | _of_figure(opened, content, name.number)
    return follows


def _what_is_left(
    opened: OpenReport, listed: Sequence[Part], remaining: Sequence[Finding]
) -> dict[str, str]:
    """How much is left, in all and by the contents."""
    return {
        "left": left_text(len(remaining), is_head=opened.is_head),
        "contents-words": contents_words(listed),
    }


def _of_figure(opened: OpenReport, content: Content, number: int) -> dict[str, str]:
    """Progress and points that follow from a number that was just typed."""
    unit_id, block_id = opened.report.participation.unit_id, opened.demands.block_id
    shares = shares_of(opened.campaign, opened.report.period)
    reached = actions.reached(opened.scheme.indicators[number], content, unit_id, block_id, shares)
    follows = {f"progress-{number}": progress_text(reached)}
    scores = actions.with_rule_points(
        content, opened.demands, opened.scheme, unit_id, shares
    ).scores
    for criterion in opened.demands.criteria:
        if criterion.indicator_id == number:
            follows[f"rule-{criterion.id}"] = rule_points_text(
                scores[criterion.id], opened.scheme.places
            )
            follows[f"rule-steps-{criterion.id}"] = scores[criterion.id].explanation
    return follows


def _of_checklist(opened: OpenReport, content: Content, criterion_id: int) -> dict[str, str]:
    """Points that follow from an item that was just ticked."""
    if criterion_id not in opened.demands.checklists:
        return {}
    places = opened.scheme.places
    scored = actions.with_checklist_points(content, opened.demands, places).scores[criterion_id]
    return {
        f"rule-{criterion_id}": rule_points_text(scored, places),
        f"rule-steps-{criterion_id}": scored.explanation,
    }


def parts(opened: OpenReport, content: Content, seen: list[Finding], field: str) -> dict[str, str]:
    """Parts of the page drawn anew: what is left, the contents, and the warnings about what was
    just typed.
    """
    remaining = blocking(seen, content.answers)
    drawn = _remaining_drawn(contents(opened.demands, content, remaining), remaining)
    subject = cell_name(field).row
    if subject.startswith("v:"):
        drawn[f"warnings-{subject.removeprefix('v:')}"] = render_template(
            "reporting/_warnings.html",
            findings=seen,
            subject=subject,
            content=content,
            typed={},
            errors={},
        )
    return drawn


def _remaining_drawn(listed: Sequence[Part], remaining: Sequence[Finding]) -> dict[str, str]:
    """What is left, and the contents that count it."""
    return {
        "findings": render_template("reporting/_findings.html", remaining=remaining),
        "contents": render_template("reporting/_contents.html", parts=listed),
    }


def attached(
    opened: OpenReport, content: Content, anchor: str, place: tuple[str, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Texts and parts of the page that follow from a file that was attached at `place`."""
    remaining = blocking(findings(content, opened.demands), content.answers)
    listed = contents(opened.demands, content, remaining)
    required = {row.id for row in opened.demands.criteria if row.evidence_required}
    drawn = _remaining_drawn(listed, remaining)
    drawn[f"files-{anchor}"] = render_template(
        "reporting/_attached.html",
        rows=content.attached.get(place, ()),
        campaign_id=opened.campaign.id,
        report_id=opened.report.id,
        required=place[0] == "criterion" and place[1] in required,
    )
    return _what_is_left(opened, listed, remaining), drawn


def left_text(number: int, *, is_head: bool) -> str:
    """Còn bao nhiêu chỗ phải xử lý, in one line."""
    if number:
        return f"Còn {number} chỗ phải xử lý trước khi nộp"
    return "Đã đủ, có thể ký nộp" if is_head else "Đã đủ, có thể trình ký"
