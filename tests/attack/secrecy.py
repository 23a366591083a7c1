"""Who may read which canary: one literal table, by kind; what is not named here nobody may read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from campaign.demo.stages import Stage
from tests.attack.canaries import Canary


@dataclass(frozen=True)
class Persona:
    """Who asks: roles, the units they hold a role for or work in, and their seat in the Council."""

    name: str
    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    held: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    kept_blocks: frozenset[int] = frozenset()
    is_member: bool = False
    leads: bool = False

    def is_any(self, *roles: str) -> bool:
        """Whether they hold one of the roles."""
        return bool(self.roles.intersection(roles))


May = Callable[[Persona, Canary, Stage], bool]


def _anybody(who: Persona, canary: Canary, stage: Stage) -> bool:
    return True


def _nobody(who: Persona, canary: Canary, stage: Stage) -> bool:
    return False


def _roles(*roles: str) -> May:
    def may(who: Persona, canary: Canary, stage: Stage) -> bool:
        del canary, stage
        return who.is_any(*roles)

    return may


def _signed_in(who: Persona, canary: Canary, stage: Stage) -> bool:
    return who.user_id is not None


def _holds(who: Persona, canary: Canary) -> bool:
    return canary.unit_id in who.held


def _is_published(stage: Stage) -> bool:
    return stage.is_past(Stage.PUBLISHED)


def _member_for(who: Persona, canary: Canary, stage: Stage) -> bool:
    return who.is_member and (_is_published(stage) or canary.unit_id not in who.kept)


def _draft(who: Persona, canary: Canary, stage: Stage) -> bool:
    """What a unit writes: the unit itself; nobody else, not even when it was submitted."""
    return _holds(who, canary)


def _evidence(who: Persona, canary: Canary, stage: Stage) -> bool:
    """Its files: the unit; who reads reports once they were submitted."""
    return _holds(who, canary) or (canary.is_sent and _submitted(who, canary, stage))


def _submitted(who: Persona, canary: Canary, stage: Stage) -> bool:
    return (
        _holds(who, canary)
        or who.is_any("secretariat", "director", "inspector")
        or _member_for(who, canary, stage)
    )


def _verified(who: Persona, canary: Canary, stage: Stage) -> bool:
    """Findings: those who verify, read or mark by them; the unit with its result."""
    if _holds(who, canary):
        return True
    return who.is_any("secretariat", "director", "inspector") or _member_for(who, canary, stage)


def _inspected(who: Persona, canary: Canary, stage: Stage) -> bool:
    return (
        who.is_any("secretariat", "director", "inspector")
        or _member_for(who, canary, stage)
        or _holds(who, canary)
    )


def _exemplar(who: Persona, canary: Canary, stage: Stage) -> bool:
    """A good example: once it is to be followed, whoever takes part; before, as reports. Who it is
    and its field, everybody as long as a story about it is published.
    """
    if canary.is_told and canary.column in {"name", "field"}:
        return True
    is_asked = canary.is_public and who.is_any("unit_officer", "unit_head", "council_member")
    return is_asked or _submitted(who, canary, stage)


def _mark(who: Persona, canary: Canary, stage: Stage) -> bool:
    """A note beside a mark: the member who wrote it alone."""
    return who.user_id == canary.user_id


def _diverged(who: Persona, canary: Canary, stage: Stage) -> bool:
    """A word to one's own mark: the member who wrote it, and without a name who decides."""
    return who.user_id == canary.user_id or who.leads


def _ruled(who: Persona, canary: Canary, stage: Stage) -> bool:
    """Why a mark was decided: the Council, and in explanations those who read them."""
    return _member_for(who, canary, stage) or _standing(who, canary, stage)


def _reopened(who: Persona, canary: Canary, stage: Stage) -> bool:
    return who.user_id == canary.user_id or who.is_any("secretariat") or who.leads


def _standing(who: Persona, canary: Canary, stage: Stage) -> bool:
    """A frozen standing: those who see the table, without own units."""
    if _is_published(stage):
        return (
            canary.column == "band"
            or _holds(who, canary)
            or who.is_member
            or who.is_any("secretariat", "director")
            or canary.column == "explanation"
        )
    if canary.unit_id in who.own | who.kept or canary.block_id in who.kept_blocks:
        return False
    return who.is_member or who.is_any("secretariat", "director")


def _nominee(who: Persona, canary: Canary, stage: Stage) -> bool:
    """A nominee: its unit, the staff, members not kept away; reasons wait for the result."""
    tells_rank = canary.column == "state_reason" or canary.table == "nominee_change"
    is_kept = canary.unit_id in who.own | who.kept or canary.block_id in who.kept_blocks
    if tells_rank and is_kept and not _is_published(stage):
        return False
    if canary.column == "name" and stage in {Stage.MEETING, Stage.PUBLISHED} and who.is_member:
        return True  # the lines of a ballot name all who are voted on
    return (
        _holds(who, canary)
        or who.is_any("secretariat", "director")
        or _member_for(who, canary, stage)
    )


def _council_room(who: Persona, canary: Canary, stage: Stage) -> bool:
    return who.is_member or who.is_any("secretariat", "director")


def _decision(who: Persona, canary: Canary, stage: Stage) -> bool:
    return _is_published(stage) or _council_room(who, canary, stage)


def _account(who: Persona, canary: Canary, stage: Stage) -> bool:
    """An address: the person, administrators, and of administrators whoever signed in."""
    is_contact = canary.is_public and who.user_id is not None
    return who.is_any("admin") or who.user_id == canary.user_id or is_contact


def _enrolled(who: Persona, canary: Canary, stage: Stage) -> bool:
    return _holds(who, canary) or who.is_any("secretariat", "director", "inspector")


def _post(who: Persona, canary: Canary, stage: Stage) -> bool:
    return canary.is_public or who.is_any("secretariat")


def _studied(who: Persona, canary: Canary, stage: Stage) -> bool:
    """Who took part in working through a directive: the unit, and who writes posts."""
    return _holds(who, canary) or who.is_any("secretariat")


def _frozen(who: Persona, canary: Canary, stage: Stage) -> bool:
    return _council_room(who, canary, stage)


READ_THE_RECORD = ("admin", "secretariat", "director")
SECRECY: Mapping[str, May] = {
    "allocation": _anybody,
    "api_key": _roles("admin"),
    "attendance": _council_room,
    "audit_entry": _roles(*READ_THE_RECORD),
    "award_form": _anybody,
    "award_kind": _anybody,
    "award_quota": _anybody,
    "backup_run": _roles("admin"),
    "ballot": _council_room,
    "ballot_declined": _council_room,
    "ballot_line": _council_room,
    "band": _anybody,
    "base_salary": _anybody,
    "block": _anybody,
    "campaign": _anybody,
    "certificate_layout": _roles("secretariat", "director"),
    "claimed_value": _draft,
    "clarification_file": _verified,
    "clarification_line": _verified,
    "clarification_round": _verified,
    "closing_words": _roles("secretariat", "director"),
    "council_member": _signed_in,
    "criterion": _anybody,
    "criterion_group": _anybody,
    "criterion_marker": _anybody,
    "criterion_scope": _anybody,
    "decision": _decision,
    "decision_line": _decision,
    "decision_withdrawal": _council_room,
    "divergence_answer": _diverged,
    "divergence_ruling": _ruled,
    "dossier_reading": _roles("secretariat", "director"),
    "ended_session": _nobody,
    "evidence": _evidence,
    "exemplar": _exemplar,
    "exemplar_move": _submitted,
    "exemplar_picture": _post,
    "exemplar_story": _post,
    "exemplar_use": _signed_in,
    "extension": _submitted,
    "failed_sign_in": _nobody,
    "filed_paper": _submitted,
    "frozen_ranking": _frozen,
    "frozen_standing": _standing,
    "given_target": _anybody,
    "indicator": _anybody,
    "indicator_owner": _anybody,
    "inspected_subject": _inspected,
    "inspection": _inspected,
    "inspection_file": _inspected,
    "letterhead": _anybody,
    "line_recusal": _council_room,
    "loaded_archive": _anybody,
    "mark": _mark,
    "day_off": _roles("admin", "secretariat"),
    "mail": _roles("admin", "secretariat"),
    "mail_preference": _nobody,
    "mail_stop": _roles("admin", "secretariat"),
    "notice": _nobody,
    "measure_unit": _anybody,
    "meeting": _council_room,
    "narrative": _draft,
    "nominee": _nominee,
    "nominee_change": _nominee,
    "objection": _council_room,
    "one_time_link": _nobody,
    "occurrence": _submitted,
    "open_vote": _council_room,
    "opinion_scan": _council_room,
    "paper_template": _roles("admin", "secretariat"),
    "participation": _enrolled,
    "past_award": _anybody,
    "phase_change": _signed_in,
    "plan_copy": _signed_in,
    "correction_round": _roles("secretariat", "director"),
    "plan_correction": _signed_in,
    "directive_study": _studied,
    "post": _post,
    "post_file": _post,
    "post_version": _roles("secretariat"),
    "theme": _anybody,
    "theme_exemplar": _anybody,
    "theme_indicator": _anybody,
    "theme_post": _anybody,
    "view_key": _nobody,
    "key_store": _roles("admin"),
    "post_reader": _nobody,
    "post_views": _anybody,
    "proof_run": _roles("admin", "secretariat", "director"),
    "recovery_code": _nobody,
    "recusal": _council_room,
    "rehearsal_clock": _anybody,
    "extension_wish": _submitted,
    "calendar_feed": _nobody,
    "reminder": _roles("secretariat"),
    "report": _submitted,
    "report_return": _submitted,
    "report_version": _submitted,
    "reporting_period": _anybody,
    "correction_request": _roles("admin", "secretariat"),
    "retention_rule": _signed_in,
    "retention_run": _roles("admin"),
    "role_grant": _anybody,
    "rule_set": _anybody,
    "saved_table": _roles("secretariat"),
    "score_sheet": _mark,
    "second_factor": _nobody,
    "self_score": _draft,
    "sheet_reopening": _reopened,
    "sign_on_demand": _roles("admin"),
    "sign_on_link": _roles("admin"),
    "sign_on_session": _nobody,
    "signature_correction": _decision,
    "signed_copy": _decision,
    "spent_sign_on": _nobody,
    "stock_scan": _roles("secretariat", "director"),
    "task": _anybody,
    "turnout": _council_room,
    "unit": _anybody,
    "unit_kind": _anybody,
    "unit_succession": _anybody,
    "unlocking": _verified,
    "upward_request": _council_room,
    "urn": _nobody,
    "user_account": _anybody,
    "verification": _verified,
    "verified_points": _verified,
    "verified_value": _verified,
    "warning_answer": _draft,
    "written_opinion": _council_room,
}
"""By table; `COLUMNS` below are stricter."""

COLUMNS: Mapping[str, May] = {
    "clarification_file.storage_key": _nobody,
    "post_file.storage_key": _nobody,
    "post_version.reason": _post,
    "evidence.storage_key": _nobody,
    "exemplar_picture.storage_key": _nobody,
    "filed_paper.storage_key": _nobody,
    "inspection_file.storage_key": _nobody,
    "opinion_scan.storage_key": _nobody,
    "one_time_link.token_hash": _nobody,
    "signed_copy.storage_key": _nobody,
    "user_account.email": _account,
    "verified_value.official_source": _anybody,
    "user_account.password_hash": _nobody,
}


def may_read(who: Persona, canary: Canary, stage: Stage) -> bool:
    """Whether the table lets this persona read the canary at this stage."""
    rule = COLUMNS.get(f"{canary.table}.{canary.column}") or SECRECY.get(canary.table, _nobody)
    return rule(who, canary, stage)


@dataclass
class Findings:
    """What an attack found."""

    routes: set[str] = field(default_factory=set)
    requests: int = 0
    seen: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)
    leaks: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    """By whose reading something was written."""
