"""Nội dung diễn tập: the campaign of 2021 as announced; what is invented says “minh hoạ”."""

from dataclasses import dataclass
from datetime import date

from campaign.publicity.rules import PostKind

MADE_UP = "(minh hoạ)"


NARRATIVES = (
    "Rà soát {n} cơ sở sản xuất trên địa bàn, cùng doanh nghiệp tháo gỡ vướng mắc về mặt bằng, "
    "điện và lao động; "
    "các dự án chuyển tiếp đúng tiến độ. " + MADE_UP,
    "Tiếp nhận {n} kiến nghị của doanh nghiệp xuất nhập khẩu, trả lời đúng hạn; phổ biến ưu "
    "đãi thuế quan của các "
    "hiệp định thương mại. " + MADE_UP,
    "Tổ chức {n} điểm bán hàng Việt, giới thiệu nông sản địa phương; hàng thiết yếu đủ, giá ổn "
    "định. " + MADE_UP,
    "Giải quyết đúng hạn toàn bộ hồ sơ trong kỳ, {n} hồ sơ nộp trực tuyến; không có vi phạm "
    "phải xử lý. " + MADE_UP,
)

COMMITMENTS = (
    "Hoàn thành các chỉ tiêu và nhiệm vụ được giao đúng tiến độ; báo cáo đúng hạn, số liệu có "
    "nguồn; mỗi người "
    "đăng ký ít nhất một việc làm mới có ích. " + MADE_UP
)

EVIDENCE = {
    "B1": (
        "Bảng theo dõi nhiệm vụ sản xuất công nghiệp.docx",
        "Danh mục việc đã giao, hạn và kết quả từng việc.",
    ),
    "B2": (
        "Báo cáo kết nối cung cầu.docx",
        "Thời gian, địa điểm, đơn vị tham gia và doanh thu từng điểm bán hàng.",
    ),
    "C1": (
        "Kết quả cải cách hành chính.pdf",
        "Số hồ sơ tiếp nhận, trả đúng hạn và nộp trực tuyến.",
    ),
    "D2": ("Giới thiệu điển hình tiên tiến.docx", "Tập thể, cá nhân điển hình qua bốn bước."),
}


DEED = (
    "Hoàn thành tốt nhiệm vụ được giao trong đợt thi đua; tham mưu kịp thời, báo cáo đúng hạn. "
    "(minh hoạ)"
)

MEETING_PLACE = "Phòng họp tầng 2, trụ sở Sở Công Thương (minh hoạ)"
MEETING_AGENDA = """\
1. Thường trực báo cáo kết quả phong trào và xếp hạng đã chốt.
2. Xét, bỏ phiếu đề nghị khen thưởng tập thể, cá nhân.
3. Kết luận của Chủ tịch Hội đồng. (minh hoạ)"""
MEETING_NOTES = (
    "Chủ tịch Hội đồng kết luận: đồng ý trình khen thưởng theo kết quả bỏ phiếu. (minh hoạ)"
)


@dataclass(frozen=True)
class News:
    """Bài tuyên truyền, made up."""

    title: str
    body: str
    source: str
    on: date
    kind: PostKind = PostKind.NEWS
    theme: str = ""


PLEDGES = News(
    "Các đơn vị ký giao ước thi đua",
    """\
Các phòng, đơn vị thuộc Sở và mười phòng chuyên môn của huyện, thành phố đã gửi giao ước thi đua \
về Thường trực Hội đồng.

# Nội dung giao ước
- Hoàn thành phần việc được giao của sáu chỉ tiêu năm 2021.
- Mỗi đơn vị giới thiệu ít nhất một điển hình tiên tiến.
- Báo cáo đúng hạn, số liệu có nguồn.""",
    f"Văn phòng Sở {MADE_UP}",
    date(2021, 3, 12),
)
REMINDER = News(
    "Chuẩn bị báo cáo cuối phong trào",
    """\
Báo cáo cuối phong trào nhận trên hệ thống; thủ trưởng đơn vị ký nộp sau khi cán bộ báo cáo \
chuẩn bị xong.

# Để không bị trả lại
- Số liệu ghi rõ là ước, sơ bộ hay chính thức, và lấy ở đâu.
- Tiêu chí nào cần minh chứng thì gắn tệp ngay tại tiêu chí đó.
- Ô không có số liệu thì ghi lý do; ô trống không được tính là không.""",
    f"Văn phòng Sở {MADE_UP}",
    date(2021, 4, 16),
)

PUBLISHED_FIGURES = """\
Sau khi phong trào kết thúc, các cơ quan công bố số liệu năm 2021 như sau. Số của các nguồn khác \
nhau vì cách tính \
khác nhau; số nào cũng cần ghi kỳ, loại và nguồn. Chưa đối chiếu với văn bản gốc.

# Sản xuất công nghiệp
- Quý I tăng 9,5 % (Cục Thống kê Hòa Bình).
- Năm tháng tăng 36,19 %; riêng tháng 9 giảm 11,68 % so với cùng kỳ (Cục Thống kê Hòa Bình).
- Cả năm giảm 5,74 % (Niên giám thống kê); giá trị sản xuất ước 41.260 tỷ đồng, tăng 2,3 % (Báo \
Hòa Bình).

# Bán lẻ hàng hoá và dịch vụ
- Ước cả năm 44.469 tỷ đồng, tăng 18 %, đạt 100,02 % kế hoạch (Báo Hòa Bình).
- 12.661,53 tỷ đồng, tăng 3,91 %, theo cách tính khác (Niên giám thống kê).

# Xuất khẩu, nhập khẩu
- Xuất khẩu ước 1.218 triệu USD, tăng 18,02 %, đạt 100 % kế hoạch (Báo Hòa Bình).
- Nhập khẩu ước 980 triệu USD, tăng 12 %, đạt 100 % kế hoạch (Báo Hòa Bình).

# Giá tiêu dùng, điện lưới
Chưa tìm được số liệu cả năm của tỉnh; cả nước giá tiêu dùng bình quân tăng 1,84 %."""
