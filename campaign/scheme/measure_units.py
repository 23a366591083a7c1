"""Đơn vị đo: the catalogue as shipped."""

MEASURE_UNITS = (
    ("phần trăm", "%"),
    ("chỉ số (cùng kỳ = 100)", "%"),
    ("tỷ đồng", "tỷ đồng"),
    ("triệu đồng", "triệu đồng"),
    ("triệu USD", "triệu USD"),
    ("điểm", "điểm"),
    ("nhiệm vụ", "nhiệm vụ"),
    ("hộ", "hộ"),
    ("cuộc", "cuộc"),
    ("bài", "bài"),
    ("mô hình", "mô hình"),
    ("người", "người"),
)
