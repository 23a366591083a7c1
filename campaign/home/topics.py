"""Giải thích các ô khó: a short text beside the field, and the same with an example on one page of
help; every sentence of it stands here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """Điều cần giải thích: what it is called, what it does, and one example worked out."""

    slug: str
    title: str
    text: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Một nhóm điều cần giải thích."""

    title: str
    topics: tuple[Topic, ...]


TARGETS = Chapter(
    "Mục tiêu và báo cáo",
    (
        Topic(
            "direction",
            "Chiều đánh giá",
            "Cho biết số cao hơn là tốt hay xấu, và đúng bằng mức giao thì đạt hay chưa. Chọn sai"
            " chiều thì đơn vị làm tốt bị tính là chưa đạt.",
            "“Không vượt quá 2 vụ”: 2 vụ là đạt. “Phải dưới 2 vụ”: 2 vụ là chưa đạt.",
        ),
        Topic(
            "judgement",
            "Cách đánh giá số liệu",
            "Luỹ kế: số cộng dồn so với mục tiêu nhân tiến độ phải đạt. Tăng trưởng: so với cùng "
            "kỳ năm trước. Mức đạt được: so thẳng với mục tiêu, kỳ nào cũng vậy.",
            "Mục tiêu năm 1.200, hết tháng 4, báo 420. Luỹ kế: phải đạt 400, được 105 %. Mức đạt "
            "được: 420 trên 1.200 là 35 %.",
        ),
        Topic(
            "expected-share",
            "Tiến độ phải đạt đến kỳ",
            "Đến hết kỳ này phải làm được bao nhiêu phần của mục tiêu. Bỏ trống thì tính theo "
            "thời gian đã qua. Ghi số riêng khi công việc không đều, như mùa vụ hay giải ngân "
            "cuối năm.",
            "Mục tiêu năm 1.200, kỳ hết tháng 4: để trống là 4/12, phải đạt 400; ghi 20 là phải "
            "đạt 240.",
        ),
        Topic(
            "value-kind",
            "Ước, sơ bộ, chính thức",
            "Ước: chưa hết kỳ, đơn vị tự tính. Sơ bộ: hết kỳ, số liệu có thể còn chỉnh. Chính "
            "thức: cơ quan có thẩm quyền đã công bố. Ghi đúng loại đang có; số sau thay số trước,"
            " bản cũ vẫn được giữ.",
            "Báo cáo quý nộp ngày 25 tháng cuối quý là số ước; kỳ cuối của phong trào thường phải"
            " là số chính thức.",
        ),
        Topic(
            "deadline",
            "Hạn nộp và ngày đóng nhận",
            "Nộp đến hết hạn là đúng hạn. Sau hạn vẫn nộp được nhưng ghi là chậm. Sau ngày đóng "
            "nhận không nộp được nữa, phải xin gia hạn.",
            "Hạn 10/04, đóng nhận 15/04: nộp 12/04 là chậm 2 ngày, 16/04 không nộp được.",
        ),
    ),
)
POINTS = Chapter(
    "Tính điểm",
    (
        Topic(
            "scale",
            "Thang điểm",
            "Tổng điểm tối đa của các tiêu chí chính. Cộng lại phải đúng số này thì mới phát động"
            " được. Điểm thưởng, điểm trừ nằm ngoài thang.",
            "Thang 100: các nhóm 40, 30, 20 và 10.",
        ),
        Topic(
            "maximum",
            "Điểm tối đa",
            "Là trọng số của tiêu chí: tiêu chí 20 điểm nặng gấp đôi tiêu chí 10 điểm. Không có "
            "hệ số nào khác nhân thêm.",
        ),
        Topic(
            "leaf-kind",
            "Điểm chuẩn, điểm thưởng, điểm trừ",
            "Điểm chuẩn làm nên thang điểm. Điểm thưởng cộng thêm khi làm tốt hơn yêu cầu. Điểm "
            "trừ bớt đi khi vi phạm, chậm, thiếu.",
            "Đạt 92 điểm chuẩn, thưởng 3, trừ 2: tổng 93.",
        ),
        Topic(
            "ceiling",
            "Mức trần và mức sàn của mục",
            "Trần: các dòng trong mục cộng lại nhiều hơn cũng chỉ tính đến đó. Sàn: trừ nhiều hơn"
            " cũng chỉ đến đó.",
            "Mục điểm thưởng trần 10, các dòng cộng lại 12: được 10. Mục điểm trừ sàn -8, trừ "
            "cộng lại 11: trừ 8.",
        ),
        Topic(
            "judged-by",
            "Ai cho điểm tiêu chí",
            "Chỉ tiêu: hệ thống tính điểm từ số đã thẩm định. Số lần: mỗi lần được nhận cộng "
            "hoặc trừ "
            "một số điểm. Danh mục: đánh dấu đạt hay không. Thẩm định: Thường trực cho điểm. Hội "
            "đồng: các thành viên chấm riêng rồi gộp lại.",
        ),
        Topic(
            "points-rule",
            "Quy tắc tính điểm",
            "Biến số đã thẩm định thành điểm. Hãy dùng phần “Tính thử” với vài số: vừa đạt, thiếu"
            " một ít, thiếu nhiều, vượt.",
            "Tối đa 10 điểm, đạt 90 %: tỷ lệ thuận được 9; theo bậc thang “từ 90 được 8” thì được"
            " 8; đạt mới có điểm thì được 0.",
        ),
        Topic(
            "rule-parameters",
            "Các số của quy tắc",
            "Cho biết điểm tăng hay giảm bao nhiêu cho mỗi phần. Ghi theo đúng văn bản quy định; "
            "phần "
            "chưa đủ có tính hay không cũng do quy tắc nói rõ.",
            "“Thiếu mỗi 1 % trừ 0,5 điểm”, tối đa 10, đạt 96,2 %: thiếu 3,8 %. Tính phần chưa đủ "
            "là 4 lần, trừ 2 còn 8; chỉ tính phần đủ là 3 lần, còn 8,5.",
        ),
        Topic(
            "bonus",
            "Thưởng khi vượt mục tiêu",
            "Cộng thêm cho mỗi phần trăm vượt, đến hết mức thưởng tối đa và mức trần của nhóm "
            "nhận. Bỏ trống cả hai là không thưởng.",
            "Thưởng 0,1 cho mỗi 1 %, tối đa 2: vượt 15 % được 1,5; vượt 30 % được 2.",
        ),
        Topic(
            "penalty",
            "Điểm trừ trừ vào đâu",
            "Trừ vào tổng, vào mục chứa tiêu chí trừ, hay vào một tiêu chí. Trừ vào tiêu chí thì "
            "không "
            "xuống dưới 0; phần trừ còn lại không tính.",
            "Tiêu chí được 3 điểm, bị trừ 5 vào chính tiêu chí ấy: còn 0. Trừ vào tổng: tổng "
            "giảm 5.",
        ),
        Topic(
            "counts",
            "Điểm theo số lần",
            "Đơn vị kê từng lần, có ngày và minh chứng; chỉ lần Thường trực nhận mới được tính. "
            "Lấy từ sổ của hệ thống thì không ai phải kê tay.",
            "Mỗi tin bài 0,5 điểm, tối đa 5: 12 bài được nhận là 6, tính 5.",
        ),
        Topic(
            "rescaling",
            "Khi cả một nhóm không áp dụng",
            "Đơn vị không có việc ấy thì không thể được điểm của nhóm. Quy đổi về thang chung để "
            "xếp hạng công bằng với đơn vị có đủ các nhóm.",
            "Không có nhóm 10 điểm, đạt 81 trên 90: quy đổi thành 90 trên 100.",
        ),
        Topic(
            "rounding",
            "Làm tròn điểm",
            "Mỗi tiêu chí làm tròn một lần rồi mới cộng, nửa thì làm tròn lên. Cộng trước rồi làm"
            " tròn sau sẽ ra số khác và không đối chiếu được.",
            "Lấy 2 chữ số: 8,125 thành 8,13; 8,124 thành 8,12.",
        ),
    ),
)
MARKS = Chapter(
    "Chấm điểm và xếp hạng",
    (
        Topic(
            "aggregation",
            "Cách gộp các phiếu chấm",
            "Trung bình: mọi phiếu ngang nhau. Trung vị: lấy phiếu ở giữa, không bị một phiếu quá"
            " cao hay quá thấp kéo lệch. Bỏ cao nhất, thấp nhất: chỉ dùng khi có đủ người chấm.",
            "Năm phiếu 4; 8; 8,5; 9; 9: trung bình 7,7; trung vị 8,5; bỏ hai đầu rồi trung bình "
            "8,5.",
        ),
        Topic(
            "mark-step",
            "Bước chấm",
            "Khoảng cách nhỏ nhất giữa hai số điểm chấm được. Bước nhỏ quá thì phiếu khác nhau mà"
            " không nói lên điều gì.",
            "Bước 0,5: chấm được 7; 7,5; 8, không chấm được 7,2.",
        ),
        Topic(
            "minimum-marks",
            "Số phiếu chấm ít nhất",
            "Ít phiếu hơn thì điểm chưa có giá trị và đơn vị chưa được xếp hạng. Nhớ trừ những "
            "người không chấm đơn vị mình.",
            "Hội đồng 5 người, một người thuộc đơn vị: còn 4 phiếu; đặt 3 là vừa.",
        ),
        Topic(
            "recusal",
            "Không chấm",
            "Không ai chấm hay biểu quyết về đơn vị của mình: hệ thống tự loại. Kế hoạch có thể "
            "loại cả khối của đơn vị ấy; khối nào vì thế thiếu người chấm được báo trước.",
        ),
        Topic(
            "divergence",
            "Ngưỡng chênh lệch điểm",
            "Ô nào có các phiếu cách nhau từ ngưỡng trở lên thì người chấm được đề nghị "
            "giữ hoặc đổi điểm, kèm một câu. Bỏ trống cả hai ngưỡng là không xem lại.",
            "Ô 10 điểm, ngưỡng 30 %: phiếu 5 và phiếu 8 chênh 3 điểm thì phải xem lại.",
        ),
        Topic(
            "clarification",
            "Số ngày giải trình",
            "Sau thẩm định, đơn vị có bấy nhiêu ngày để chấp nhận hoặc giải trình. Hết hạn không "
            "có ý kiến là "
            "chấp nhận. Thẩm định lần hai là cuối cùng.",
        ),
        Topic(
            "tie-break",
            "Khi bằng điểm",
            "Xét lần lượt từng dòng cho đến khi phân được hạng. Hết các dòng mà vẫn bằng thì đồng"
            " hạng. Dòng “Hội đồng biểu quyết” chờ đến cuộc họp.",
            "Cùng 91,50: nhóm A 58 trên 57 thì đơn vị được 58 đứng trước.",
        ),
        Topic(
            "bands",
            "Mức xếp loại",
            "Từ bao nhiêu điểm thì được xếp mức nào; có thể kèm điều kiện không tiêu chí nào quá "
            "thấp."
            " Thiếu một điều kiện thì xuống mức dưới.",
            "“Xuất sắc” từ 90 điểm, không tiêu chí nào dưới 85 %: 93 điểm nhưng một tiêu chí 10 "
            "điểm chỉ được 8 thì chưa đạt.",
        ),
        Topic(
            "band-vote",
            "Hội đồng bỏ phiếu xếp loại",
            "Đủ điểm một mức mới được đưa ra bỏ phiếu; đạt tỷ lệ này mới được xếp. Bỏ trống là "
            "xếp thẳng theo điểm.",
        ),
    ),
)
MEETING = Chapter(
    "Họp và bỏ phiếu",
    (
        Topic(
            "quorum",
            "Tỷ lệ có mặt để họp",
            "Ít hơn thì không khai mạc và không kiểm phiếu được. Người đã có người thay không "
            "tính hai lần. Cuộc họp xét khen thưởng có thể cần tỷ lệ cao hơn.",
            "Hội đồng 9 người, 2/3: phải có mặt 6. 80 %: phải có mặt 8.",
        ),
        Topic(
            "ballot-mode",
            "Bỏ phiếu kín hay công khai",
            "Phiếu kín: hệ thống chỉ ghi ai đã bỏ phiếu, không ghi ai chọn gì. Công khai: biên "
            "bản ghi tên và ý kiến từng người.",
        ),
        Topic(
            "minimum-papers",
            "Số phiếu ít nhất để mở hòm",
            "Phiếu kín mà quá ít thì đoán được ai chọn gì, nên hòm không mở, chỉ huỷ được.",
            "Đặt 3: hai người bỏ phiếu thì không kiểm được.",
        ),
        Topic(
            "vote-base",
            "Tính tỷ lệ trên số nào",
            "Trên tổng số thành viên, trên số có mặt, hay trên số có mặt cộng người gửi ý kiến "
            "bằng văn bản. Cùng số phiếu tán thành, kết quả có thể khác nhau.",
            "9 thành viên, 7 có mặt, 6 tán thành: 67 % tổng số, 86 % số có mặt.",
        ),
        Topic(
            "vote-share",
            "Tỷ lệ thông qua",
            "Phải đạt ít nhất tỷ lệ này; chọn “Phải quá tỷ lệ” thì đúng bằng là chưa đạt.",
            "1/2 của 8 là 4: “ít nhất” thì 4 phiếu là đạt, “quá” thì phải 5.",
        ),
        Topic(
            "recused-lines",
            "Người không biểu quyết một dòng",
            "Người có liên quan không được phát dòng ấy. Giữ họ trong mẫu số thì khó đạt hơn; bỏ "
            "họ ra thì tính trên số còn lại.",
            "9 người, 1 không biểu quyết, cần 70 %: giữ trong mẫu số phải 7 phiếu, bỏ ra phải 6.",
        ),
        Topic(
            "written-opinions",
            "Ý kiến bằng văn bản",
            "Người vắng mặt gửi ý kiến đến giờ này. Ý kiến có tên, không phải phiếu kín; có tính "
            "vào kết quả hay không do cách tính tỷ lệ.",
        ),
    ),
)
AWARDS = Chapter(
    "Khen thưởng",
    (
        Topic(
            "quota",
            "Chỉ tiêu khen thưởng",
            "Nhiều nhất bao nhiêu tập thể, cá nhân được khen; của từng khối và của cả phong trào."
            " Bằng nhau ở suất cuối thì Hội đồng bỏ phiếu.",
            "Khối 12 đơn vị, 20 %: 2,4; làm tròn theo kế hoạch thành 2.",
        ),
        Topic(
            "leader-limit",
            "Giới hạn lãnh đạo",
            "Lãnh đạo, quản lý nhiều nhất bao nhiêu phần trăm số cá nhân được khen, để người trực"
            " tiếp lao động được quan tâm.",
            "30 % của 10 cá nhân: nhiều nhất 3 lãnh đạo.",
        ),
        Topic(
            "base-salary",
            "Tiền thưởng theo lương cơ sở",
            "Tiền thưởng là hệ số nhân lương cơ sở tại ngày ký quyết định, không phải ngày phát "
            "động hay ngày trao. Tập thể thường có hệ số gấp đôi cá nhân.",
            "Hệ số 0,3, lương cơ sở 1.490.000: thưởng 447.000 đồng.",
        ),
        Topic(
            "award-notice",
            "Lấy ý kiến trước khi ký",
            "Dự thảo được gửi đến các đơn vị trong số ngày này. Có ý kiến thì phải trả lời xong "
            "mới ký được. Đặt 0 là không lấy ý kiến.",
        ),
    ),
)
PUBLIC = Chapter(
    "Điển hình và công khai",
    (
        Topic(
            "consent",
            "Đồng ý của người được nêu",
            "Không đăng tên, ảnh khi chưa có ngày và văn bản đồng ý của chính người ấy hoặc người"
            " đại diện. Rút đồng ý thì tên và ảnh được gỡ khỏi trang công khai ngay.",
        ),
        Topic(
            "public-progress",
            "Công khai tiến độ",
            "Bật thì ai cũng xem được tiến độ các mục tiêu. Điểm và xếp hạng chỉ hiện sau khi "
            "công bố, dù bật hay không.",
        ),
    ),
)
CHAPTERS = (TARGETS, POINTS, MARKS, MEETING, AWARDS, PUBLIC)
"""Mọi điều được giải thích, in the order of the page of help."""
_BY_SLUG = {row.slug: row for chapter in CHAPTERS for row in chapter.topics}


def topic(slug: str) -> Topic:
    """Lời giải thích mang tên này."""
    return _BY_SLUG[slug]
