"""The words on screen are those of the field: none of these wordings comes back."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static/js").glob("*.js"),
    *(ROOT / "guarded").rglob("*.py"),
    *(path for path in (ROOT / "campaign").rglob("*.py") if "migrations" not in path.parts),
]


@pytest.mark.parametrize(
    ("former", "now"),
    [
        (r'f"mới \{', 'f"mới đạt {'),
        (r"[Pp]hần việc phải đạt", "Tiến độ phải đạt đến cuối kỳ"),
        (r"Chỉ tiêu này lấy từ đâu", "Nguồn giao chỉ tiêu"),
        (r'"quy tắc chỉ tiêu"', "hệ thống tính theo chỉ tiêu"),
        (r"trần: trừ điểm", "không được vượt: trừ điểm theo phần vượt"),
        (r"[Mm]ỗi bậc thua", "Mỗi bậc thấp hơn"),
        (r'"Giao"', "Giao chỉ tiêu"),
        (r"[Kk]ho[áa] (lại )?xếp hạng", "Chốt xếp hạng"),
        (r"[Bb]ảng khoá số", "Bảng chốt số"),
        (r"[Kk]hoá sau", "Đóng nhận báo cáo sau ngày"),
        (r"[Cc]òn phải xem", "Cần bổ sung, kiểm tra"),
        (r"phải xong", "bắt buộc"),
        (r"lưu ý", "cảnh báo"),
        (r"[Ll]ùi (một )?bước", "Quay lại bước trước"),
        (r"[Vv]ết kiểm toán", "Căn cứ tính điểm"),
        (r"[Đđ]ộ nghiêm", "Mức độ chặt tay khi chấm"),
        (r'"Thôi"', "Huỷ bỏ"),
        (r"nội dung tệp này không phải", "tệp này không đúng định dạng"),
        (r"lấy từ đâu", "Nguồn của các lần"),
        (r"[Cc]ác (mục|chỉ) tiêu (này )?đang ở đâu", "Tiến độ các mục tiêu"),
        (r"sẽ đứng ở đây", "sẽ hiện ở đây"),
        (r"bịa ra", "Nội dung giả định"),
        (r"cả phong trào trở lên", "trong cả phong trào"),
    ],
)
def test_the_screen_speaks_the_words_of_the_field(former, now):
    texts = {path: path.read_text(encoding="utf-8") for path in SHOWN}
    assert [
        str(path.relative_to(ROOT)) for path, text in texts.items() if re.search(former, text)
    ] == []
    assert any(now in text for text in texts.values())


PRONOUN = re.compile(r"\b(của|chính|nhận ra|mang|trên|thuộc|nên|cho) nó\b")


def test_no_sentence_speaks_of_a_thing_as_its_own():
    """“Của nó” is English in Vietnamese words: the thing is named, or not spoken of again."""
    assert [
        str(path.relative_to(ROOT))
        for path in SHOWN
        if PRONOUN.search(path.read_text(encoding="utf-8"))
    ] == []
