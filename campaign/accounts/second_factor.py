"""Yếu tố thứ hai: setting it up, checking a code, and taking it away."""

from datetime import datetime

from sqlalchemy import delete, update

from campaign.accounts import codes, queries
from campaign.accounts.models import RecoveryCode, SecondFactor, User
from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.extensions import db

WRONG = "Mã không đúng, đã dùng, hoặc đã quá giờ. Hãy nhập mã đang hiện trên máy."


def set_up(user: User, secret: str, code: str, *, now: datetime) -> list[str]:
    """Bật yếu tố thứ hai with its first code; gives the recovery codes, which are shown once."""
    step = codes.step_of(secret, _digits(code), at=int(now.timestamp()), after=0)
    if step is None:
        refuse(WRONG, "second_code")
    recorder.run(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    db.session.add(SecondFactor(user_id=user.id, secret=codes.sealed(secret), last_step=step))
    user.has_second_factor = True
    return renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Cấp mã khôi phục mới: the earlier ones end."""
    made = codes.new_recovery_codes()
    recorder.run(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.add_all(
        [RecoveryCode(user_id=user.id, code_hash=codes.code_hash(code)) for code in made]
    )
    recorder.note("user_account", str(user.id), None, {"recovery_codes": len(made)})
    return made


def check(user: User, code: str, *, now: datetime) -> None:
    """Kiểm tra mã: of the generator or a recovery code; each counts once, for the first."""
    if not (_uses_step(user.id, _digits(code), now) or _uses_recovery_code(user.id, code, now)):
        refuse(WRONG, "second_code")


def _uses_step(user_id: int, code: str, now: datetime) -> bool:
    factor = queries.second_factor_of(user_id)
    secret = codes.unsealed(factor.secret) if factor else None
    if factor is None or secret is None:
        return False
    step = codes.step_of(secret, code, at=int(now.timestamp()), after=factor.last_step)
    if step is None:
        return False
    earlier = update(SecondFactor).where(
        SecondFactor.user_id == user_id, SecondFactor.last_step < step
    )
    return recorder.run(earlier.values(last_step=step)) == 1


def _uses_recovery_code(user_id: int, code: str, now: datetime) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.user_id == user_id,
        RecoveryCode.code_hash == codes.code_hash(code),
        RecoveryCode.used_at.is_(None),
    )
    if recorder.run(unused.values(used_at=now)) != 1:
        return False
    recorder.note("user_account", str(user_id), None, {"recovery_code_used": True})
    return True


def take_away(user: User) -> None:
    """Tắt yếu tố thứ hai, with its recovery codes."""
    recorder.run(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    recorder.run(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    user.has_second_factor = False


def reset(user: User, reason: str) -> None:
    """Đặt lại yếu tố thứ hai of another, with the reason: all sessions of this person end."""
    if not reason.strip():
        refuse("Hãy ghi lý do đặt lại yếu tố thứ hai.", "reason")
    take_away(user)
    user.session_version += 1
    recorder.note("user_account", str(user.id), None, {"second_factor_reset": reason.strip()})


def _digits(code: str) -> str:
    return "".join(code.split())
