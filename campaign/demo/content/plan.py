"""Diễn tập: the plan of the campaign of 2021."""

from datetime import date

from campaign.demo.content.words import MADE_UP
from campaign.honours.instruments import basis_on
from campaign.honours.rule_sets import RULE_SETS

POWER_BASIS = (
    "Quyết định số 00/2021/QĐ-UBND ngày 04 tháng 01 năm 2021 của Uỷ ban nhân dân tỉnh Hòa Bình "
    "quy định chức năng, "
    f"nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Công Thương tỉnh Hòa Bình {MADE_UP}"
)
"""Căn cứ về thẩm quyền of the office; its number and day are invented."""


LETTERHEAD = {
    "above": "UBND tỉnh Hòa Bình",
    "issuer": "Sở Công Thương",
    "place": "Hòa Bình",
    "code": "SCT",
    "leader_job": "Giám đốc",
    "recipients": "UBND tỉnh (để báo cáo)\nCác phòng, đơn vị thuộc Sở\n"
    "Phòng Kinh tế, Kinh tế và Hạ tầng các huyện, thành phố\n"
    "Lưu: VT, HĐTĐKT",
}


CAMPAIGN = {
    "title": "Phong trào thi đua đặc biệt chào mừng 70 năm Ngày truyền thống ngành Công Thương",
    "occasion": "70 năm Ngày truyền thống ngành Công Thương Việt Nam (14/05/1951 – 14/05/2021)",
    "starts_on": date(2021, 2, 26),
    "ends_on": date(2021, 4, 30),
    "rule_set_code": "RS-2017",
    "legal_basis": "\n".join(
        (
            POWER_BASIS,
            *basis_on(
                next(str(row["legal_basis"]) for row in RULE_SETS if row["code"] == "RS-2017"),
                date(2021, 2, 26),
            ),
        )
    ),
    "announcement": """\
Sở Công Thương phát động đợt thi đua đặc biệt từ ngày 26/02 đến ngày 30/04/2021, lập thành tích \
chào mừng 70 năm \
Ngày truyền thống ngành Công Thương Việt Nam (14/05/1951 – 14/05/2021).

# Hoàn thành các chỉ tiêu năm 2021
- Chỉ số sản xuất công nghiệp tăng bình quân 8 %.
- Tổng mức bán lẻ hàng hoá và doanh thu dịch vụ đạt 44.462 tỷ đồng, tăng 18 % so với năm 2020.
- Chỉ số giá tiêu dùng bình quân tăng dưới 5 %.
- Xuất khẩu đạt 1.218 triệu USD, tăng 18 %; nhập khẩu đạt 980 triệu USD, tăng 12 %.
- 99,82 % số hộ dân sử dụng điện lưới quốc gia.

# Thực hiện nhiệm vụ chuyên môn
- Đẩy mạnh sản xuất công nghiệp.
- Tháo gỡ khó khăn, phát triển thị trường xuất khẩu, nhập khẩu.
- Phát triển thị trường trong nước, bảo đảm lưu thông và cung ứng hàng hoá.
- Cải cách hành chính, thông tin và truyền thông, phòng chống tham nhũng, lãng phí.

# Học tập tư tưởng thi đua của Hồ Chí Minh
Gắn phong trào với việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh, với các \
chỉ thị, nghị quyết \
của cấp trên.

# Tổ chức phong trào
Tổ chức phong trào thiết thực, sôi nổi trong toàn ngành; tuyên truyền, biểu dương tập thể và cá \
nhân theo bốn bước: \
phát hiện, bồi dưỡng, tổng kết, nhân điển hình tiên tiến.

# Đối tượng tham gia
- Các phòng, đơn vị thuộc Sở; cán bộ, công chức, viên chức và người lao động trong ngành.
- Tập thể, cá nhân Phòng Kinh tế và Hạ tầng các huyện, Phòng Kinh tế thành phố Hòa Bình.

# Kết thúc phong trào
Từ báo cáo kết quả của các đơn vị và kết quả kiểm tra thực tế, Thường trực Hội đồng Thi đua – \
Khen thưởng ngành \
tham mưu để Hội đồng họp, bình xét các tập thể, cá nhân tiêu biểu và khen thưởng theo quy định.""",
    "progress_is_public": True,
}


BLOCKS = (
    ("Khối các phòng, đơn vị thuộc Sở", "Khối Sở"),
    ("Khối Phòng Kinh tế và Hạ tầng các huyện, Phòng Kinh tế thành phố", "Khối huyện, thành phố"),
)


TASKS = (
    ("Đẩy mạnh sản xuất công nghiệp", "Việc đã làm, kết quả đo được, khó khăn và cách tháo gỡ."),
    (
        "Tháo gỡ khó khăn, phát triển thị trường xuất khẩu, nhập khẩu",
        "Kiến nghị đã nhận và đã giải quyết.",
    ),
    (
        "Phát triển thị trường trong nước, bảo đảm cung ứng hàng hoá",
        "Hoạt động kết nối cung cầu, bình ổn giá.",
    ),
    (
        "Cải cách hành chính, thông tin, phòng chống tham nhũng, lãng phí",
        "Nhiệm vụ theo kế hoạch và kết quả.",
    ),
)


PERIODS = (
    {
        "name": "Tháng 3/2021",
        "starts_on": date(2021, 2, 26),
        "ends_on": date(2021, 3, 31),
        "due_on": date(2021, 4, 5),
        "locks_on": date(2021, 4, 10),
        "is_final": False,
    },
    {
        "name": "Cuối phong trào",
        "starts_on": date(2021, 4, 1),
        "ends_on": date(2021, 4, 30),
        "due_on": date(2021, 4, 30),
        "locks_on": date(2021, 5, 5),
        "is_final": True,
    },
)


DAYS_OFF = (
    *((date(2021, 2, day), "Tết Nguyên đán Tân Sửu") for day in range(10, 17)),
    (date(2021, 4, 21), "Giỗ Tổ Hùng Vương"),
    (date(2021, 4, 30), "Ngày Giải phóng miền Nam"),
    (date(2021, 5, 3), "Nghỉ bù Ngày Quốc tế Lao động"),
)
"""Ngày nghỉ của năm 2021, trong thời gian của phong trào."""

QUOTAS = {
    ("giay-khen", "collective"): (3, 4),
    ("giay-khen", "individual"): (3, 3),
    ("bang-khen-tinh", "collective"): (1, 1),
}
"""Chỉ tiêu (minh hoạ): how many of each kind, among the offices and among the districts."""
