"""Giấy khen: what is printed for each recipient of a signed decision."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from campaign.core.errors import refuse
from campaign.decision import queries as decisions
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.decision.signer import authority, signer_title
from campaign.decision.subjects import organiser_name
from campaign.extensions import db
from campaign.honours.models import RuleSet
from campaign.honours.rules import Subject
from campaign.papers.rules import date_words, drive_words
from campaign.papers.stock import CertificatePart, Spot
from campaign.papers.typesetting import pdf, picture
from campaign.planning.models import Campaign
from campaign.register.certificates.actions import layout

_SHORT_TITLES = ("Giấy khen", "Bằng khen")


def certificates(campaign: Campaign, decision: Decision) -> bytes:
    """Giấy khen in sẵn khung (PDF), a page for each recipient whose award still stands."""
    return pdf(
        "certificate/complete.typ", certificate_data(campaign, decision, recipients(decision))
    )


def certificates_on_stock(campaign: Campaign, decision: Decision) -> bytes:
    """Giấy khen in lên phôi có sẵn (PDF): the texts only, a page for each recipient."""
    return pdf(
        "certificate/stock.typ",
        _on_stock(certificate_data(campaign, decision, recipients(decision))),
    )


def preview(tried: Mapping[CertificatePart, Spot] | None = None) -> bytes:
    """Ảnh xem trước of the layout (PNG, see-through), boxes outlined; `tried` are new places."""
    return picture("certificate/stock.typ", _on_stock(_SAMPLE, outlines=True, tried=tried or {}))


def trial_print() -> bytes:
    """Bản in thử (PDF): the layout under a grid of millimetres, to lay on the stock."""
    return pdf("certificate/stock.typ", _on_stock(_SAMPLE, outlines=True, ruler=True))


def _on_stock(
    data: dict[str, Any],
    *,
    outlines: bool = False,
    ruler: bool = False,
    tried: Mapping[CertificatePart, Spot] | None = None,
) -> dict[str, Any]:
    return {
        "title": data["title"],
        "outlines": outlines,
        "ruler": ruler,
        "spots": [
            {"part": part.value} | {name: str(value) for name, value in asdict(spot).items()}
            for part, spot in (layout() | dict(tried or {})).items()
            if spot.is_shown
        ],
        "pages": _pages(data),
    }


def _pages(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Một trang cho mỗi người nhận: what is the same on all, then what is theirs alone."""
    common = {
        "decision": f"Quyết định số {data['decision']} {data['signed'].lower()}",
        "dated": data["dated"],
        "signer_title": data["signer_title"],
        "signer_name": data["signer_name"],
    }
    return [
        common | recipient | {"register": f"{data['register_title']}: {recipient['register']}"}
        for recipient in data["recipients"]
    ]


_SAMPLE = {
    "title": "In thử giấy khen",
    "decision": "12/QĐ-SCT",
    "signed": "Ngày 04 tháng 5 năm 2021",
    "dated": "Hòa Bình, ngày 04 tháng 5 năm 2021",
    "signer_title": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    "signer_name": "Họ và tên người ký",
    "register_title": "Số vào sổ",
    "recipients": [
        {
            "name": "Ông Nguyễn Thế Ưởng",
            "about": "Chức vụ, tên đơn vị",
            "register": "1/2021",
            "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua “Tên phong trào”",
        }
    ],
}


def recipients(decision: Decision) -> Sequence[DecisionLine]:
    """Những người được nhận giấy khen, in the decision's order; refused while there are none."""
    if decision.state is not DecisionState.SIGNED:
        refuse("Quyết định chưa ký nên chưa in được giấy khen.")
    if decision.kind is DecisionKind.REVOCATION:
        refuse("Quyết định thu hồi không có giấy khen để in.")
    standing = [line for line in decisions.lines_of(decision.id) if line.ended_by_id is None]
    if not standing:
        refuse(
            "Mọi dòng của quyết định này đã được điều chỉnh hoặc thu hồi; không còn giấy khen "
            "để in."
        )
    return standing


def certificate_data(
    campaign: Campaign, decision: Decision, lines: Sequence[DecisionLine]
) -> dict[str, Any]:
    """Nội dung giấy khen, as the texts that go to print."""
    issuer = _issuer(campaign, decision)
    rules = db.session.get_one(RuleSet, decision.rule_set_code)
    return {
        "title": f"Giấy khen theo Quyết định số {decision.title}",
        "issuer": issuer.upper(),
        "decision": decision.title,
        **_dated(decision),
        "signer_title": signer_title(decision),
        "signer_name": decision.signer_name,
        "register_title": "Số sổ vàng" if rules.has_golden_book else "Số vào sổ",
        "recipients": [_recipient(campaign, line, registered(line, rules)) for line in lines],
    }


def _issuer(campaign: Campaign, decision: Decision) -> str:
    """Ai tặng: who signs, and of which office."""
    return " ".join(filter(None, (authority(decision), organiser_name(campaign, decision))))


def _dated(decision: Decision) -> dict[str, str]:
    """Ngày ký, and the place and the day that stand above the signature."""
    assert decision.signed_on is not None  # noqa: S101 - signed, so the database holds its day
    day = date_words(decision.signed_on)
    return {
        "signed": day.capitalize(),
        "dated": f"{decision.place}, {day}" if decision.place else day.capitalize(),
    }


def registered(line: DecisionLine, rules: RuleSet) -> str:
    """Số sổ vàng: the ordinal in the decision, if the rule set has it; else the register's."""
    if rules.has_golden_book:
        return str(line.position)
    return f"{line.register_number}/{line.register_year}" if line.register_number else ""


def _recipient(campaign: Campaign, line: DecisionLine, register: str) -> dict[str, str]:
    is_person = line.subject is Subject.INDIVIDUAL
    address = (line.honorific or "Ông (Bà)") if is_person else line.subject.label.capitalize()
    if line.subject is Subject.HOUSEHOLD and line.name.casefold().startswith("hộ "):
        address = ""
    short = next(
        (title for title in _SHORT_TITLES if line.form_name.startswith(title)), line.form_name
    )
    return {
        "title": short.upper(),
        "name": f"{address} {line.name}".strip(),
        "about": ", ".join(filter(None, (line.job, line.unit_name))) if is_person else "",
        "achievement": f"Đã có thành tích xuất sắc trong {drive_words(campaign.title)}",
        "register": register,
    }
