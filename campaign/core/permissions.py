"""Quyền: who may do what, as one alphabetical list and one table; what is not granted is denied."""

from enum import StrEnum
from typing import Protocol

from campaign.core.labelled import Labelled


class Permission(StrEnum):
    """Quyền: `resource:action`. Rights over one object are decided by the query that loads it."""

    ACCOUNT_MANAGE = "account:manage"
    ACCOUNT_OWN = "account:own"
    ARCHIVE_PACK = "archive:pack"
    AUDIT_READ = "audit:read"
    AUDIT_VERIFY = "audit:verify"
    AWARD_PLAN = "award:plan"
    AWARD_READ = "award:read"
    BALLOT_CAST = "ballot:cast"
    CAMPAIGN_MOVE = "campaign:move"
    CAMPAIGN_PLAN = "campaign:plan"
    CAMPAIGN_READ = "campaign:read"
    CERTIFICATE_PRINT = "certificate:print"
    CLARIFICATION_ANSWER = "clarification:answer"
    CLARIFICATION_READ = "clarification:read"
    CLARIFICATION_REPLY = "clarification:reply"
    CLOCK_MOVE = "clock:move"
    COUNCIL_MANAGE = "council:manage"
    COUNCIL_READ = "council:read"
    DATA_ANSWER = "data:answer"
    DECISION_SIGN = "decision:sign"
    ENROLMENT_CONFIRM = "enrolment:confirm"
    ENROLMENT_ENROL = "enrolment:enrol"
    ENROLMENT_READ = "enrolment:read"
    EVIDENCE_READ = "evidence:read"
    EXEMPLAR_DECIDE = "exemplar:decide"
    EXEMPLAR_READ = "exemplar:read"
    EXEMPLAR_WRITE = "exemplar:write"
    EXTENSION_GRANT = "extension:grant"
    HOME_READ = "home:read"
    INSPECTION_WRITE = "inspection:write"
    MAIL_MANAGE = "mail:manage"
    MEETING_READ = "meeting:read"
    MEETING_RUN = "meeting:run"
    NOMINEE_SIGN = "nominee:sign"
    NOMINEE_WRITE = "nominee:write"
    PAPER_DESIGN = "paper:design"
    PAPER_DRAW = "paper:draw"
    PAPER_FILE = "paper:file"
    POST_WRITE = "post:write"
    PUBLIC = "public:read"
    RANKING_FREEZE = "ranking:freeze"
    RANKING_READ = "ranking:read"
    RECUSAL_ADD = "recusal:add"
    REPORT_PREPARE = "report:prepare"
    REPORT_READ = "report:read"
    REPORT_REMIND = "report:remind"
    REPORT_SUBMIT = "report:submit"
    SHEET_MARK = "sheet:mark"
    SHEET_READ = "sheet:read"
    SHEET_REOPEN = "sheet:reopen"
    SYSTEM_OPERATE = "system:operate"
    UNIT_MANAGE = "unit:manage"
    VERIFICATION_READ = "verification:read"
    VERIFICATION_WRITE = "verification:write"


class Role(Labelled):
    """Vai trò: what a person is trusted with; one person may hold several."""

    ADMIN = "admin", "Quản trị hệ thống"
    SECRETARIAT = "secretariat", "Thường trực Hội đồng"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng"
    INSPECTOR = "inspector", "Cán bộ kiểm tra"
    UNIT_OFFICER = "unit_officer", "Cán bộ đơn vị"
    UNIT_HEAD = "unit_head", "Thủ trưởng đơn vị"
    DIRECTOR = "director", "Giám đốc"

    @property
    def belongs_to_unit(self) -> bool:
        """Whether the role is held for one unit only."""
        return self in {Role.UNIT_OFFICER, Role.UNIT_HEAD}


WITHOUT_ROLE = frozenset({Permission.ACCOUNT_OWN, Permission.HOME_READ})
"""Quyền của ai đã đăng nhập: their own account, and the page that says what they have to do, or
that no role was given yet.
"""
_EVERYBODY = WITHOUT_ROLE | {Permission.CAMPAIGN_READ, Permission.EVIDENCE_READ}
_UNIT = frozenset(
    {
        Permission.AWARD_READ,
        Permission.CLARIFICATION_ANSWER,
        Permission.CLARIFICATION_READ,
        Permission.ENROLMENT_READ,
        Permission.EXEMPLAR_READ,
        Permission.EXEMPLAR_WRITE,
        Permission.NOMINEE_WRITE,
        Permission.PAPER_DRAW,
        Permission.RANKING_READ,
        Permission.REPORT_READ,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: _EVERYBODY
    | {
        Permission.ACCOUNT_MANAGE,
        Permission.AUDIT_READ,
        Permission.AUDIT_VERIFY,
        Permission.CLOCK_MOVE,
        Permission.DATA_ANSWER,
        Permission.MAIL_MANAGE,
        Permission.PAPER_DESIGN,
        Permission.SYSTEM_OPERATE,
        Permission.UNIT_MANAGE,
    },
    Role.SECRETARIAT: _EVERYBODY
    | {
        Permission.AUDIT_READ,
        Permission.AWARD_PLAN,
        Permission.AWARD_READ,
        Permission.CAMPAIGN_MOVE,
        Permission.CAMPAIGN_PLAN,
        Permission.CERTIFICATE_PRINT,
        Permission.CLARIFICATION_READ,
        Permission.COUNCIL_MANAGE,
        Permission.COUNCIL_READ,
        Permission.DATA_ANSWER,
        Permission.DECISION_SIGN,
        Permission.ENROLMENT_CONFIRM,
        Permission.ENROLMENT_READ,
        Permission.EXEMPLAR_DECIDE,
        Permission.EXEMPLAR_READ,
        Permission.EXEMPLAR_WRITE,
        Permission.EXTENSION_GRANT,
        Permission.INSPECTION_WRITE,
        Permission.MAIL_MANAGE,
        Permission.MEETING_READ,
        Permission.MEETING_RUN,
        Permission.NOMINEE_SIGN,
        Permission.NOMINEE_WRITE,
        Permission.PAPER_DESIGN,
        Permission.PAPER_DRAW,
        Permission.PAPER_FILE,
        Permission.POST_WRITE,
        Permission.RANKING_FREEZE,
        Permission.RANKING_READ,
        Permission.REPORT_READ,
        Permission.REPORT_REMIND,
        Permission.SHEET_READ,
        Permission.UNIT_MANAGE,
        Permission.VERIFICATION_READ,
        Permission.VERIFICATION_WRITE,
    },
    Role.COUNCIL_MEMBER: _EVERYBODY
    | {
        Permission.AWARD_READ,
        Permission.BALLOT_CAST,
        Permission.COUNCIL_READ,
        Permission.EXEMPLAR_READ,
        Permission.MEETING_READ,
        Permission.MEETING_RUN,
        Permission.PAPER_DRAW,
        Permission.RANKING_READ,
        Permission.RECUSAL_ADD,
        Permission.REPORT_READ,
        Permission.SHEET_MARK,
        Permission.SHEET_READ,
        Permission.SHEET_REOPEN,
    },
    Role.INSPECTOR: _EVERYBODY
    | {
        Permission.CLARIFICATION_READ,
        Permission.ENROLMENT_READ,
        Permission.EXEMPLAR_READ,
        Permission.INSPECTION_WRITE,
        Permission.PAPER_DRAW,
        Permission.REPORT_READ,
        Permission.VERIFICATION_READ,
    },
    Role.UNIT_OFFICER: _EVERYBODY | _UNIT | {Permission.REPORT_PREPARE},
    Role.UNIT_HEAD: _EVERYBODY
    | _UNIT
    | {
        Permission.CLARIFICATION_REPLY,
        Permission.ENROLMENT_ENROL,
        Permission.NOMINEE_SIGN,
        Permission.REPORT_PREPARE,
        Permission.REPORT_SUBMIT,
    },
    Role.DIRECTOR: _EVERYBODY
    | {
        Permission.ARCHIVE_PACK,
        Permission.AUDIT_READ,
        Permission.AWARD_READ,
        Permission.CERTIFICATE_PRINT,
        Permission.CLARIFICATION_READ,
        Permission.COUNCIL_READ,
        Permission.DECISION_SIGN,
        Permission.ENROLMENT_READ,
        Permission.EXEMPLAR_READ,
        Permission.MEETING_READ,
        Permission.PAPER_DRAW,
        Permission.RANKING_READ,
        Permission.REPORT_READ,
        Permission.VERIFICATION_READ,
    },
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Quyền của người dùng: everything any of the roles grants, and what needs none."""
    return WITHOUT_ROLE.union(*(GRANTS[role] for role in roles))


class Viewer(Protocol):
    """Người xem: whoever asks; queries that guard one object read their rights from here."""

    @property
    def id(self) -> int | None:
        """Their number; None for a visitor."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """What they may do."""
