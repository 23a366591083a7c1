"""A signed PDF looked through in its guarded process."""

from datetime import timedelta

import pytest
from pyhanko.sign.fields import MDPPerm

from campaign.core.errors import RuleViolation
from campaign.papers.signatures import looked_through, roots_in
from tests import signed_papers as papers

SAID = papers.decision_words(names=["Trần Văn An"])


@pytest.fixture(scope="module")
def plain():
    """A decision that nobody signed."""
    return papers.paper(SAID)


@pytest.fixture(scope="module")
def signed(plain):
    """The same, signed by the Director."""
    return papers.signed(plain)


def told(document, *names, roots=(papers.root,)):
    """These facts of each signature."""
    seen = looked_through(document, [root().pem for root in roots])
    return [tuple(row.get(name) for name in names) for row in seen.signatures]


def test_a_whole_signature_tells_whose_it_is_and_the_words_are_read(signed):
    seen = looked_through(signed, [papers.root().pem + papers.issuer().pem])
    assert (seen.pages, seen.roots) == (1, 2)
    assert seen.text.split("\n") == [
        "Số: 45/QĐ-SCT",
        "Hoà Bình, ngày 28 tháng 4 năm 2021",
        "QUYẾT ĐỊNH về việc khen thưởng",
        "• Trần Văn An",
    ]
    (row,) = seen.signatures
    assert {name: row[name] for name in ("name", "organisation", "job", "issuer", "serial")} == {
        "name": "Phạm Minh Đức",
        "organisation": "Sở Công Thương",
        "job": "Giám đốc",
        "issuer": "Nơi cấp dùng để thử",
        "serial": "54012345",
    }
    assert (row["is_whole"], row["covers"], row["changed"], row["trust"]) == (
        True,
        "file",
        "none",
        "trusted",
    )
    assert "pyHanko" in seen.by


def test_what_was_changed_after_signing_is_told(signed):
    place = signed.index(b"stream\n") + 30
    other = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    facts = ("is_whole", "covers", "changed", "is_allowed")
    assert told(other, *facts) == [(False, "file", "none", True)]
    assert told(papers.added_to(signed), *facts) == [(True, "revision", "content", False)]


@pytest.mark.parametrize(
    ("known", "other", "name"),
    [
        (b"/adbe.pkcs7.detached", b"/cu.la.x509.rsa_sha1", "Phạm Minh Đức"),
        (b"/Contents <30", b"/Contents <99", None),
    ],
    ids=["kind", "content"],
)
def test_a_signature_that_cannot_be_read_is_not_passed_over(signed, known, other, name):
    assert signed.count(known) == 1
    assert told(signed.replace(known, other), "field", "is_read", "name") == [("Ky", False, name)]


def test_two_signatures_stand_beside_one_another_unless_the_first_forbids_it(plain, signed):
    facts = ("name", "covers", "changed", "is_allowed")
    assert told(papers.signed(signed, papers.office(), field="CoQuan"), *facts) == [
        ("Phạm Minh Đức", "revision", "fields", True),
        ("Sở Công Thương", "file", "none", True),
    ]
    closed = papers.signed(plain, permits=MDPPerm.NO_CHANGES)
    assert told(papers.signed_against_its_will(closed), *facts)[0] == (
        "Phạm Minh Đức",
        "revision",
        "fields",
        False,
    )


def test_trust_needs_a_root_and_a_certificate_in_time(plain, signed):
    assert told(signed, "trust", roots=()) == [("unasked",)]
    stranger = papers.holder("Phạm Minh Đức")
    assert told(papers.signed(plain, stranger), "trust", "is_own_issuer") == [("untrusted", True)]
    late = papers.holder("Phạm Minh Đức", by=papers.issuer(), until=papers.NOW - timedelta(days=1))
    ((trust, until, at),) = told(papers.signed(plain, late), "trust", "valid_until", "at")
    assert (trust, until < at) == ("trusted", True)


def test_a_stamp_of_time_stands_above_the_signers_clock(plain):
    then = (papers.NOW - timedelta(days=3)).replace(microsecond=0)
    stamped = papers.signed(plain, stamper=papers.stamper(then))
    assert told(stamped, "at", "stamped_by", "stamp_is_trusted") == [
        (then.isoformat(), "Dấu thời gian dùng để thử", True)
    ]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (lambda plain: papers.locked(plain, "mật"), "Tệp PDF đặt mật khẩu hoặc bị khoá."),
        (lambda plain: papers.locked(plain, ""), "Tệp PDF đặt mật khẩu hoặc bị khoá."),
        (lambda plain: plain[:900], "Tệp PDF này bị hỏng, không mở được."),
        (lambda _: b"%PDF-1.7\n" + b"x" * 999, "Tệp PDF này bị hỏng, không mở được."),
        (lambda _: papers.many_pages(301), "Tệp PDF có trên 300 trang."),
    ],
    ids=["password", "owner", "half", "junk", "pages"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(plain, document, sentence):
    with pytest.raises(RuleViolation, match=sentence) as refused:
        looked_through(document(plain), [])
    assert refused.value.field == "file"


def test_what_a_clerk_stamps_on_the_page_is_read_and_a_picture_has_no_words(plain):
    assert "Ban hành 45" in looked_through(papers.noted(plain, "Ban hành 45"), []).text
    assert "Ban hanh 45" in looked_through(papers.signed_in_sight(plain, "Ban hanh 45"), []).text
    assert looked_through(papers.picture(), []).text.strip() == ""


def test_roots_are_the_certificates_in_a_folder(tmp_path):
    (tmp_path / "goc.pem").write_bytes(papers.root().pem)
    (tmp_path / "ghi-chu.txt").write_text("không phải chứng thư")
    (tmp_path / "hong.crt").write_text("không phải chứng thư")
    files = roots_in(str(tmp_path))
    assert len(files) == 2
    assert looked_through(papers.picture(), files).roots == 1
    assert roots_in(str(tmp_path / "khong-co")) == roots_in("") == []
