"""Certificates: a page for each recipient, every text inside its box, printed by those who hand
them over.
"""

import base64
import io
from datetime import date
from http import HTTPStatus

import pypdfium2
import pytest

from campaign.core.permissions import Role
from campaign.decision import queries as decisions
from campaign.decision.rules import DecisionKind, DecisionState, SignerForm
from campaign.decision.signer import signer_title
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.papers.stock import SHIPPED
from campaign.papers.typesetting import pdf
from campaign.planning.rules import Phase
from campaign.register.certificates import actions
from campaign.register.certificates.actions import layout
from campaign.register.certificates.printing import certificate_data
from campaign.units.models import Letterhead
from tests import build

SIGNED = {
    "state": DecisionState.SIGNED,
    "number": "12",
    "place": "Hòa Bình",
    "signed_on": date(2021, 5, 4),
    "signed_at": build.NOW,
    "signer_name": "Phạm Minh Đức",
}
NOT_PRINTED_YET = "Quyết định chưa ký nên chưa in được giấy khen."
POINT = 72 / 25.4


@pytest.fixture
def ceremony(app):
    """A campaign whose signed decision names a collective and a woman."""
    del app
    office = build.unit(name="Sở Công Thương tỉnh Hòa Bình")
    campaign = build.campaign(
        title="Đợt thi đua đặc biệt", organiser_id=office.id, phase=Phase.DECIDING
    )
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    decision = build.decision(campaign, **SIGNED)
    for number, (subject, facts) in enumerate(
        [
            (Subject.COLLECTIVE, {"unit_name": "Chi cục Quản lý thị trường"}),
            (Subject.INDIVIDUAL, {"honorific": "Bà", "job": "Phó Trưởng phòng"}),
        ],
        start=1,
    ):
        kind = build.award_kind(campaign, subject=subject)
        named = build.nominee(
            campaign,
            of=entry,
            kind=kind,
            name=("Đội Quản lý số 1", "Đinh Thị Thuỷ Tiên")[number - 1],
        )
        build.decision_line(
            decision,
            nominee=named,
            kind=kind,
            form_name="Giấy khen của Giám đốc Sở",
            register_year=2021,
            register_number=number,
            **facts,
        )
    return campaign, decision


def _address(campaign, decision):
    return f"/campaigns/{campaign.id}/decisions/{decision.id}/certificates"


def _pages(printed):
    return [
        page.get_textpage().get_text_range().split("\r\n")
        for page in pypdfium2.PdfDocument(printed)
    ]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DIRECTOR])
def test_each_recipient_has_a_page_with_everything_a_certificate_says(ceremony, sign_in, role):
    answer = sign_in(build.user(role)).get(_address(*ceremony))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    head = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIÁM ĐỐC SỞ CÔNG THƯƠNG TỈNH HÒA BÌNH",
        "TẶNG",
        "GIẤY KHEN",
    ]
    foot = ["Hòa Bình, ngày 04 tháng 5 năm 2021", "GIÁM ĐỐC", "Phạm Minh Đức"]
    achievement = "Đã có thành tích xuất sắc trong đợt thi đua đặc biệt"
    assert _pages(answer.data) == [
        [
            *head,
            "Tập thể Đội Quản lý số 1",
            achievement,
            "Quyết định số: 12/QĐ-SCT",
            "Ngày 04 tháng 5 năm 2021",
            "Số vào sổ: 1/2021",
            *foot,
        ],
        [
            *head,
            "Bà Đinh Thị Thuỷ Tiên",
            "Phó Trưởng phòng, Đơn vị",
            achievement,
            "Quyết định số: 12/QĐ-SCT",
            "Ngày 04 tháng 5 năm 2021",
            "Số vào sổ: 2/2021",
            *foot,
        ],
    ]


@pytest.mark.parametrize(
    ("facts", "issuer", "title"),
    [
        (
            {"signer_form": SignerForm.ON_BEHALF, "signer_job": "Phó Giám đốc"},
            "GIÁM ĐỐC",
            "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        ),
        (
            {"signer_form": SignerForm.BY_ORDER, "signer_job": "Chánh Văn phòng"},
            "GIÁM ĐỐC",
            "TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG",
        ),
        (
            {"signer_form": SignerForm.ON_BEHALF, "signer_job": "Phó Chủ tịch"},
            "CHỦ TỊCH",
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ),
    ],
)
def test_whoever_signs_for_the_head_says_so(ceremony, facts, issuer, title):
    campaign, decision = ceremony
    for name, value in facts.items():
        setattr(decision, name, value)
    data = certificate_data(campaign, decision, decisions.lines_of(decision.id))
    assert (data["issuer"], data["signer_title"]) == (
        f"{issuer} SỞ CÔNG THƯƠNG TỈNH HÒA BÌNH",
        title,
    )


@pytest.mark.parametrize(
    ("job", "form", "title"),
    [
        ("Chủ tịch", SignerForm.SELF, "CHỦ TỊCH"),
        ("Phó Chủ tịch", SignerForm.ON_BEHALF, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        (
            "Phó Chủ tịch Thường trực",
            SignerForm.ON_BEHALF,
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC",
        ),
        ("Chánh Văn phòng", SignerForm.BY_ORDER, "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"),
        ("Trưởng phòng", SignerForm.DELEGATED, "TUQ. CHỦ TỊCH\nTRƯỞNG PHÒNG"),
    ],
)
def test_whoever_signs_for_the_head_names_the_head_of_that_office(ceremony, job, form, title):
    _, decision = ceremony
    db.session.merge(Letterhead(id=1, leader_job="Chủ tịch"))
    decision.signer_form, decision.signer_job = form, job
    assert signer_title(decision) == title


@pytest.mark.parametrize("name", ["Nguyễn Ễ " * 33, "W" * 300, "#eval[1] $x$ *đậm* \\u{1}"])
def test_a_long_name_stays_inside_its_box_and_is_never_markup(ceremony, name):
    campaign, decision = ceremony
    data = certificate_data(campaign, decision, decisions.lines_of(decision.id)[:1])
    data["recipients"][0]["name"] = name
    (page,) = pypdfium2.PdfDocument(pdf("certificate/complete.typ", data))
    text = page.get_textpage()
    place = text.search(name.strip()[:9]).get_next()[0]
    length = len(name.strip())
    boxes = [
        text.get_charbox(at)
        for at in range(place, place + length)
        if text.get_text_range(at, 1).strip()
    ]
    height = page.get_height()
    inside = {
        "left": 28.5 * POINT,
        "right": 268.5 * POINT,
        "top": height - 95 * POINT,
        "bottom": height - 110 * POINT,
    }
    assert min(box[0] for box in boxes) >= inside["left"]
    assert max(box[2] for box in boxes) <= inside["right"]
    assert max(box[3] for box in boxes) <= inside["top"]
    assert min(box[1] for box in boxes) >= inside["bottom"]


def test_nothing_is_printed_before_the_signature(ceremony, sign_in, page):
    campaign, _ = ceremony
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).get(_address(campaign, build.decision(campaign)))
    )
    assert answer.status == 409
    assert NOT_PRINTED_YET in answer.one("main")


def test_a_revocation_prints_nothing(ceremony, sign_in, page):
    campaign, decision = ceremony
    revoking = build.decision(
        campaign, kind=DecisionKind.REVOCATION, amends_id=decision.id, **SIGNED | {"number": "13"}
    )
    answer = page(sign_in(build.user(Role.SECRETARIAT)).get(_address(campaign, revoking)))
    assert answer.status == 409
    assert "Quyết định thu hồi không có giấy khen để in." in answer.one("main")


def test_a_line_that_was_revoked_is_not_printed(ceremony, sign_in, page):
    campaign, decision = ceremony
    revoking = build.decision(
        campaign, kind=DecisionKind.REVOCATION, amends_id=decision.id, **SIGNED | {"number": "13"}
    )
    first, second = decisions.lines_of(decision.id)
    first.ended_by_id = revoking.id
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert [page[5] for page in _pages(browser.get(_address(*ceremony)).data)] == [
        "Bà Đinh Thị Thuỷ Tiên"
    ]
    db.session.get(type(second), second.id).ended_by_id = revoking.id
    refused = page(browser.get(_address(*ceremony)))
    assert refused.status == 409
    assert "không còn giấy khen để in." in refused.one("main")


def test_units_council_and_strangers_print_no_certificates(ceremony, sign_in):
    people = (
        build.user(Role.UNIT_OFFICER, at=build.unit()),
        build.user(Role.COUNCIL_MEMBER),
        build.user(Role.ADMIN),
    )
    assert [sign_in(person).get(_address(*ceremony)).status_code for person in people] == [
        403,
        403,
        403,
    ]


def test_the_decision_of_another_campaign_is_not_found(ceremony, sign_in):
    _, decision = ceremony
    assert (
        sign_in(build.user(Role.SECRETARIAT)).get(_address(build.campaign(), decision)).status_code
        == 404
    )


def test_the_button_stands_on_a_signed_decision_for_those_who_print(ceremony, sign_in, page):
    campaign, decision = ceremony
    address = f"/campaigns/{campaign.id}/decisions/{decision.id}"
    shown = [
        _address(*ceremony) in page(sign_in(user).get(address)).links()
        for user in (build.user(Role.SECRETARIAT), build.user(Role.COUNCIL_MEMBER))
    ]
    assert shown == [True, False]


PLACED = {
    "x": "50",
    "y": "80,5",
    "width": "200",
    "height": "20",
    "size": "30",
    "letter": "bold",
    "alignment": "center",
    "is_shown": "y",
}
LAYOUT = "/awards/certificate-layout"


def test_the_office_places_a_text_and_the_print_on_stock_follows(ceremony, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert browser.post(f"{LAYOUT}/parts/name", data=PLACED).status_code == 303
    shown = page(browser.get(LAYOUT)).all("tbody tr")[0]
    assert shown == "Người, tập thể được tặng 50,00 80,50 200,00 20,00 30,00 đậm, căn giữa"
    printed = browser.get(f"{_address(*ceremony)}/stock").data
    assert _pages(printed) == [
        [
            "Tập thể Đội Quản lý số 1",
            "Đã có thành tích xuất sắc trong đợt thi đua đặc biệt",
            "Quyết định số 12/QĐ-SCT ngày 04 tháng 5 năm 2021",
            "Số vào sổ: 1/2021",
            "Hòa Bình, ngày 04 tháng 5 năm 2021",
            "GIÁM ĐỐC",
            "Phạm Minh Đức",
        ],
        [
            "Bà Đinh Thị Thuỷ Tiên",
            "Phó Trưởng phòng, Đơn vị",
            "Đã có thành tích xuất sắc trong đợt thi đua đặc biệt",
            "Quyết định số 12/QĐ-SCT ngày 04 tháng 5 năm 2021",
            "Số vào sổ: 2/2021",
            "Hòa Bình, ngày 04 tháng 5 năm 2021",
            "GIÁM ĐỐC",
            "Phạm Minh Đức",
        ],
    ]
    sheet = pypdfium2.PdfDocument(printed)[0]
    box = sheet.get_textpage().get_charbox(0)
    height = sheet.get_height()
    assert height - 100.5 * POINT <= box[1] < box[3] <= height - 80.5 * POINT


def test_a_text_that_is_not_shown_is_not_printed(ceremony, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT))
    hidden = {name: value for name, value in PLACED.items() if name != "is_shown"}
    assert browser.post(f"{LAYOUT}/parts/register", data=hidden).status_code == 303
    assert "Số vào sổ: 1/2021" not in _pages(browser.get(f"{_address(*ceremony)}/stock").data)[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"width": "0"}, "Chiều rộng phải lớn hơn 0."),
        ({"x": "100"}, "Ô ra ngoài trang: vị trí cộng chiều rộng không được quá 297 mm."),
        ({"y": ""}, "Hãy điền ô này."),
        ({"letter": "gothic"}, "Hãy chọn trong danh sách."),
    ],
)
def test_a_box_outside_the_page_is_refused_with_its_sentence_and_nothing_is_kept(
    app, sign_in, page, change, sentence
):
    del app
    answer = page(
        sign_in(build.user(Role.SECRETARIAT)).post(f"{LAYOUT}/parts/name", data=PLACED | change)
    )
    assert (answer.status, answer.all(".field__error")) == (422, [sentence])
    assert layout() == SHIPPED


def test_the_preview_is_a_picture_and_the_trial_print_has_a_ruler(app, sign_in):
    del app
    browser = sign_in(build.user(Role.SECRETARIAT))
    preview = browser.get(f"{LAYOUT}/preview")
    assert (preview.mimetype, preview.data[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    (trial,) = _pages(browser.get(f"{LAYOUT}/trial").data)
    assert {"10", "20", "290", "200"} <= set(" ".join(trial).split())


def test_an_unknown_text_of_the_stock_is_not_found(app, sign_in):
    del app
    assert sign_in(build.user(Role.SECRETARIAT)).get(f"{LAYOUT}/parts/emblem").status_code == 404


def test_only_the_secretariat_sets_the_stock(app, sign_in):
    del app
    people = (
        build.user(Role.UNIT_OFFICER, at=build.unit()),
        build.user(Role.DIRECTOR),
        build.user(Role.COUNCIL_MEMBER),
    )
    assert [
        sign_in(person).get(f"{LAYOUT}{page}").status_code
        for person in people
        for page in ("", "/preview", "/trial", "/parts/name")
    ] == [403] * 12
    assert sign_in(people[0]).post(f"{LAYOUT}/parts/name", data=PLACED).status_code == 403


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42"
    "mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_picture_of_the_stock_stands_behind_the_texts_until_it_is_dropped(app, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert browser.get("/awards/certificate-layout/scan").status_code == HTTPStatus.NOT_FOUND
    sent = browser.post(
        "/awards/certificate-layout/scan", data={"scan": (io.BytesIO(PIXEL), "phôi.png")}
    )
    shown = browser.get("/awards/certificate-layout/scan")
    assert (sent.status_code, shown.data, shown.mimetype) == (
        HTTPStatus.SEE_OTHER,
        PIXEL,
        "image/png",
    )
    assert "stock__scan" in browser.get("/awards/certificate-layout").get_data(as_text=True)
    browser.post("/awards/certificate-layout/scan", data={"act": "drop"})
    assert browser.get("/awards/certificate-layout/scan").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Hãy chọn ảnh chụp phôi."),
        ({"scan": (io.BytesIO(b"%PDF-1.4"), "a.png")}, "Bản chụp phôi phải là ảnh PNG hoặc JPEG."),
        ({"scan": (io.BytesIO(PIXEL + b"0" * 100_000), "a.png")}, "Ảnh lớn hơn 0 MB."),
    ],
)
def test_only_a_picture_of_bounded_size_is_taken(app, sign_in, data, sentence, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST_SCAN", 50_000)
    answer = sign_in(build.user(Role.SECRETARIAT)).post(
        "/awards/certificate-layout/scan", data=data
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.get_data(as_text=True)


def test_the_preview_follows_what_is_typed_and_keeps_nothing(app, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT))
    typed = {
        "part": "name",
        "x": "28",
        "y": "20",
        "width": "240",
        "height": "15",
        "size": "24",
        "letter": "bold",
        "alignment": "center",
        "is_shown": "y",
    }
    standing = browser.get("/awards/certificate-layout/preview").data
    assert browser.get("/awards/certificate-layout/preview", query_string=typed).data != standing
    assert browser.get("/awards/certificate-layout/preview").data == standing
    for wrong in ({"x": "290"}, {"x": "8.5"}, {"size": ""}):
        assert (
            browser.get(
                "/awards/certificate-layout/preview", query_string=typed | wrong
            ).status_code
            == HTTPStatus.CONFLICT
        )


def test_a_rule_set_with_a_golden_book_numbers_certificates_by_their_place_in_the_decision(
    ceremony,
):
    campaign, decision = ceremony
    lines = decisions.lines_of(decision.id)
    for place, line in enumerate(lines, start=1):
        line.position = place
    build.rule_set().has_golden_book = True
    data = certificate_data(campaign, decision, lines)
    assert (
        data["register_title"],
        [recipient["register"] for recipient in data["recipients"]],
    ) == (
        "Số sổ vàng",
        ["1", "2"],
    )


def test_a_long_post_keeps_a_size_that_is_read_from_afar(ceremony):
    campaign, decision = ceremony
    data = certificate_data(campaign, decision, decisions.lines_of(decision.id)[1:])
    post = (
        "Phó Trưởng phòng phụ trách, Bí thư Chi bộ, Chủ tịch Công đoàn bộ phận, Phòng Kỹ thuật "
        "an toàn – Môi trường, "
        "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp, Sở Công Thương tỉnh Hòa Bình"
    )
    data["recipients"][0]["about"] = post
    (page,) = pypdfium2.PdfDocument(pdf("certificate/complete.typ", data))
    text = page.get_textpage()
    place = text.search("Phó Trưởng phòng phụ").get_next()[0]
    height = max(box[3] - box[1] for box in (text.get_charbox(place + at) for at in range(9)))
    assert height > 9
