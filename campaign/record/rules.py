"""Đọc nhật ký: one table of who may see what was written of each audited table, and when (pure).

A table that is not named here shows nothing to anybody.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from campaign.core.labelled import Labelled
from campaign.core.permissions import Permission
from campaign.planning.rules import Phase

PLACES_OF_FILES = frozenset({"storage_key", "scan_key"})
"""Cột ghi tệp nằm ở đâu trong kho: shown to nobody, whoever may see the rest of the row."""


class Opens(Labelled):
    """Khi nào được xem: from when what stands in a table is no secret to whoever has the right."""

    AT_ONCE = "at_once", "xem được ngay"
    LAUNCHED = "launched", "sau khi phát động"
    PUBLISHED = "published", "sau khi công bố kết quả"
    NEVER = "never", "không hiện trong nhật ký"


class Seal(Labelled):
    """Niêm phong: why the content of a change is not shown, as the page says it."""

    UNTIL_LAUNCH = "launch", "Nội dung còn niêm phong đến khi phát động phong trào."
    UNTIL_PUBLISHED = "published", "Nội dung còn niêm phong đến khi công bố kết quả."
    FOR_EVER = (
        "for_ever",
        ("Nội dung được niêm kín: phiếu của thành viên và bản đang soạn không hiện trong nhật ký."),
    )
    NO_RIGHT = (
        "no_right",
        (
            "Nội dung niêm phong đối với Ông/Bà: chỉ người được xem chính đối tượng này "
            "mới xem được."
        ),
    )


class Visibility(NamedTuple):
    """Ai xem, từ khi nào: the right that opens the object's own pages, and from when."""

    permission: Permission
    opens: Opens


_EVERYBODY = Visibility(Permission.CAMPAIGN_READ, Opens.AT_ONCE)
_PLAN = Visibility(Permission.CAMPAIGN_READ, Opens.LAUNCHED)
_ACCOUNT = Visibility(Permission.ACCOUNT_MANAGE, Opens.AT_ONCE)
_DESIGN = Visibility(Permission.PAPER_DESIGN, Opens.AT_ONCE)
_STOCK = Visibility(Permission.CERTIFICATE_PRINT, Opens.AT_ONCE)
_ENROLMENT = Visibility(Permission.ENROLMENT_READ, Opens.AT_ONCE)
_COUNCIL = Visibility(Permission.COUNCIL_READ, Opens.AT_ONCE)
_RECUSAL = Visibility(Permission.COUNCIL_READ, Opens.PUBLISHED)
_SUBMITTED = Visibility(Permission.REPORT_READ, Opens.AT_ONCE)
_VERIFIED = Visibility(Permission.VERIFICATION_READ, Opens.PUBLISHED)
_EXEMPLAR = Visibility(Permission.VERIFICATION_READ, Opens.AT_ONCE)
_RANKED = Visibility(Permission.RANKING_READ, Opens.PUBLISHED)
_MEETING = Visibility(Permission.MEETING_READ, Opens.AT_ONCE)
_VOTED = Visibility(Permission.MEETING_READ, Opens.PUBLISHED)
_AWARD = Visibility(Permission.AWARD_READ, Opens.PUBLISHED)
_AWARDED = Visibility(Permission.AWARD_READ, Opens.AT_ONCE)
_PAPER = Visibility(Permission.PAPER_DRAW, Opens.PUBLISHED)
_POST = Visibility(Permission.POST_WRITE, Opens.AT_ONCE)
_OPERATED = Visibility(Permission.SYSTEM_OPERATE, Opens.AT_ONCE)
_SECRET = Visibility(Permission.AUDIT_READ, Opens.NEVER)

VISIBILITY: Mapping[str, Visibility] = {
    "allocation": _PLAN,
    "attendance": _MEETING,
    "award_form": _EVERYBODY,
    "award_kind": _AWARDED,
    "award_quota": _AWARDED,
    "ballot": _VOTED,
    "ballot_declined": _VOTED,
    "ballot_line": _VOTED,
    "band": _PLAN,
    "base_salary": _EVERYBODY,
    "block": _PLAN,
    "campaign": _PLAN,
    "certificate_layout": _STOCK,
    "claimed_value": _SECRET,
    "clarification_file": _VERIFIED,
    "clarification_line": _VERIFIED,
    "clarification_round": _VERIFIED,
    "correction_round": _PLAN,
    "closing_words": Visibility(Permission.PAPER_FILE, Opens.AT_ONCE),
    "council_member": _COUNCIL,
    "criterion": _PLAN,
    "criterion_group": _PLAN,
    "mail_stop": Visibility(Permission.MAIL_MANAGE, Opens.AT_ONCE),
    "day_off": Visibility(Permission.MAIL_MANAGE, Opens.AT_ONCE),
    "saved_table": Visibility(Permission.CAMPAIGN_PLAN, Opens.AT_ONCE),
    "criterion_marker": _PLAN,
    "criterion_scope": _PLAN,
    "decision": _AWARD,
    "decision_line": _AWARD,
    "decision_withdrawal": _AWARD,
    "divergence_answer": _SECRET,
    "divergence_ruling": _SECRET,
    "evidence": _SECRET,
    "exemplar": _EXEMPLAR,
    "exemplar_move": _EXEMPLAR,
    "exemplar_picture": _EXEMPLAR,
    "exemplar_story": _EXEMPLAR,
    "exemplar_use": _EXEMPLAR,
    "extension": _SUBMITTED,
    "filed_paper": _PAPER,
    "frozen_ranking": _RANKED,
    "frozen_standing": _RANKED,
    "given_target": _PLAN,
    "indicator": _PLAN,
    "indicator_owner": _PLAN,
    "inspected_subject": _VERIFIED,
    "inspection": _VERIFIED,
    "inspection_file": _VERIFIED,
    "letterhead": _EVERYBODY,
    "line_recusal": _VOTED,
    "loaded_archive": _EVERYBODY,
    "mark": _SECRET,
    "measure_unit": _EVERYBODY,
    "meeting": _VOTED,
    "narrative": _SECRET,
    "nominee": _AWARD,
    "nominee_change": _AWARD,
    "objection": _AWARD,
    "one_time_link": _ACCOUNT,
    "occurrence": _SECRET,
    "open_vote": _SECRET,
    "opinion_scan": _SECRET,
    "paper_template": _DESIGN,
    "participation": _ENROLMENT,
    "past_award": _AWARDED,
    "phase_change": _PLAN,
    "plan_copy": _PLAN,
    "plan_correction": _PLAN,
    "directive_study": _POST,
    "post": _POST,
    "post_file": _POST,
    "post_version": _POST,
    "theme": _POST,
    "theme_exemplar": _POST,
    "theme_indicator": _POST,
    "theme_post": _POST,
    "recovery_code": _ACCOUNT,
    "recusal": _RECUSAL,
    "rehearsal_clock": _EVERYBODY,
    "extension_wish": Visibility(Permission.EXTENSION_GRANT, Opens.AT_ONCE),
    "api_key": _ACCOUNT,
    "calendar_feed": _ACCOUNT,
    "reminder": Visibility(Permission.EXTENSION_GRANT, Opens.AT_ONCE),
    "report": _VERIFIED,
    "report_return": _SUBMITTED,
    "report_version": _SUBMITTED,
    "reporting_period": _PLAN,
    "correction_request": Visibility(Permission.DATA_ANSWER, Opens.AT_ONCE),
    "retention_rule": _OPERATED,
    "retention_run": _OPERATED,
    "role_grant": _ACCOUNT,
    "rule_set": _EVERYBODY,
    "score_sheet": _SECRET,
    "second_factor": _ACCOUNT,
    "self_score": _SECRET,
    "sheet_reopening": Visibility(Permission.SHEET_READ, Opens.PUBLISHED),
    "signed_copy": _AWARD,
    "sign_on_demand": _ACCOUNT,
    "sign_on_link": _ACCOUNT,
    "signature_correction": _AWARD,
    "stock_scan": _STOCK,
    "task": _PLAN,
    "turnout": _VOTED,
    "unit": _EVERYBODY,
    "unit_kind": _EVERYBODY,
    "unit_succession": _EVERYBODY,
    "unlocking": _VERIFIED,
    "upward_request": _AWARD,
    "user_account": _ACCOUNT,
    "verification": _VERIFIED,
    "verified_points": _VERIFIED,
    "verified_value": _VERIFIED,
    "warning_answer": _SECRET,
    "written_opinion": _SECRET,
}


def seal_of(table: str, permissions: Collection[Permission], phase: Phase | None) -> Seal | None:
    """Niêm phong của một thay đổi for a reader with these rights, in a campaign that stands at
    `phase` (None where it is of none, or of one that is gone); None where the content is shown.
    """
    visibility = VISIBILITY.get(table)
    if visibility is None or visibility.opens is Opens.NEVER:
        return Seal.FOR_EVER
    if visibility.permission not in permissions:
        return Seal.NO_RIGHT
    if visibility.opens is Opens.PUBLISHED and phase is not Phase.PUBLISHED:
        return Seal.UNTIL_PUBLISHED
    is_planned = visibility.opens is Opens.LAUNCHED and phase in {None, Phase.DRAFT}
    if is_planned and Permission.CAMPAIGN_PLAN not in permissions:
        return Seal.UNTIL_LAUNCH
    return None
