"""Chữ ký số: what each signature of a PDF covers, whose it is, since when, and what it holds to."""

import asyncio
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSExtractionError, SigningError
from pyhanko.sign.validation import (
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from guarded.refusals import refuse
from guarded.signed.words import DAMAGED, LOCKED

MOST_SIGNATURES = 30
TOO_MANY = f"Tệp PDF có trên {MOST_SIGNATURES} chữ ký số nên không xem được."
_ODD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CMSExtractionError,
    LookupError,
    NotImplementedError,
    PathError,
    PdfError,
    SignatureValidationError,
    SigningError,
    TypeError,
    ValueError,
)
"""What a signature made otherwise than the format says makes of its reading."""
_COVERS = {
    SignatureCoverageLevel.ENTIRE_FILE: "file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
}
_CHANGED = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "proof",
    ModificationLevel.FORM_FILLING: "fields",
    ModificationLevel.ANNOTATIONS: "notes",
}
_WEAK = frozenset({"md2", "md5", "sha1"})
_USE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
Facts = dict[str, Any]


def signatures_of(document: bytes, roots: Sequence[x509.Certificate]) -> list[Facts]:
    """Các chữ ký số, as they stand in the file. Raises Refused."""
    try:
        reader = PdfFileReader(io.BytesIO(document), strict=False)
        if reader.encrypted:
            refuse(LOCKED)
        fields = list(enumerate_sig_fields(reader, filled_status=True))
    except _ODD:
        refuse(DAMAGED)
    if len(fields) > MOST_SIGNATURES:
        refuse(TOO_MANY)
    found = [_of_field(reader, field, name, roots) for name, _, field in fields]
    return [facts for _, facts in sorted(found, key=lambda row: row[0])]


def _of_field(
    reader: PdfFileReader, field: Any, name: str, roots: Sequence[x509.Certificate]
) -> tuple[int, Facts]:
    """What stands in one field, and since which revision; what is no signature there is told as
    one that cannot be read, for somebody meant it as one.
    """
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        return signature.signed_revision, _facts(signature, roots)
    except _ODD:
        return 0, {"field": name, "is_stamp": False, "is_read": False}


def _facts(signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> Facts:
    is_stamp = signature.sig_object_type == "/DocTimeStamp"
    told: Facts = {"field": signature.field_name, "is_stamp": is_stamp, "is_read": False}
    try:
        told |= _of_certificate(signature.signer_cert)
        told |= _of_stamp(signature, roots) if is_stamp else _of_signature(signature, roots)
        told["is_read"] = True
    except _ODD:
        return told
    return told


def _context(roots: Sequence[x509.Certificate], moment: datetime | None) -> ValidationContext:
    """With these roots alone, as of that moment; nothing is fetched, no list of revoked asked."""
    return ValidationContext(
        trust_roots=list(roots), allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )


def _of_signature(signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> Facts:
    """Chữ ký của người hoặc của cơ quan, judged as of the time it says."""
    claimed = _in_utc(signature.self_reported_timestamp)
    certificate = signature.signer_cert

    def judge(moment: datetime | None) -> Any:
        if moment is not None:  # whether it was in time is told apart
            moment = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
        return asyncio.run(
            async_validate_pdf_signature(
                signature,
                signer_validation_context=_context(roots, moment),
                ts_validation_context=_context(roots, None),
                key_usage_settings=_USE,
            )
        )

    status = judge(claimed)
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid:
        claimed = _in_utc(stamp.timestamp)
        status = judge(claimed)
    return {
        **_judged(status, roots),
        **_changes(status.coverage, status.modification_level, is_allowed=status.docmdp_ok),
        "at": claimed.isoformat() if claimed else "",
        "stamped_by": stamp.signing_cert.subject.native.get("common_name", "")
        if stamp is not None and stamp.intact and stamp.valid
        else "",
        "stamp_is_trusted": bool(stamp is not None and stamp.trusted),
        "permits": signature.docmdp_level.value if signature.docmdp_level else None,
    }


def _of_stamp(signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> Facts:
    """Dấu thời gian của cả tệp."""
    status = asyncio.run(async_validate_pdf_timestamp(signature, _context(roots, None)))
    return {
        **_judged(status, roots),
        **_changes(status.coverage, status.modification_level, is_allowed=status.docmdp_ok),
        "at": status.timestamp.astimezone(UTC).isoformat(),
    }


def _judged(status: SignatureStatus, roots: Sequence[x509.Certificate]) -> Facts:
    return {
        "is_whole": status.intact and status.valid,
        "trust": "unasked" if not roots else "trusted" if status.trusted else "untrusted",
        "is_weak": status.md_algorithm in _WEAK,
    }


def _changes(
    covers: SignatureCoverageLevel | None,
    changed: ModificationLevel | None,
    *,
    is_allowed: bool | None,
) -> Facts:
    """Phạm vi, and what was added to the file after it."""
    return {
        "covers": _COVERS.get(covers, "part") if covers is not None else "part",
        "changed": _CHANGED.get(changed, "content") if changed is not None else "content",
        "is_allowed": bool(is_allowed),
    }


def _of_certificate(certificate: x509.Certificate) -> Facts:
    """Chứng thư: of whom, by whom, since and until when; no number of a person's papers."""
    return {
        "name": _part(certificate.subject, "common_name"),
        "organisation": _part(certificate.subject, "organization_name"),
        "unit": _part(certificate.subject, "organizational_unit_name"),
        "job": _part(certificate.subject, "title"),
        "issuer": _part(certificate.issuer, "common_name")
        or _part(certificate.issuer, "organization_name"),
        "serial": f"{certificate.serial_number:x}",
        "valid_from": certificate.not_valid_before.astimezone(UTC).isoformat(),
        "valid_until": certificate.not_valid_after.astimezone(UTC).isoformat(),
        "is_own_issuer": certificate.subject.hashable == certificate.issuer.hashable,
    }


def _part(name: x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _in_utc(moment: datetime | None) -> datetime | None:
    """A time without its zone is one of this country's clocks nowhere; it is read as UTC."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
