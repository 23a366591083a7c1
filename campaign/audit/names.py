"""Nhật ký: Vietnamese names of acts and tables; an unknown one is shown as it is."""

ACTS = {
    "account": "tài khoản", "account.sign_in": "đăng nhập", "account.change_password": "đổi mật khẩu",
    "account.use_link": "đặt mật khẩu bằng liên kết", "account.create": "thêm người dùng",
    "account.edit": "sửa người dùng", "account.give_link": "cấp liên kết một lần",
    "campaign": "phong trào", "campaign.create": "lập phong trào", "campaign.edit": "sửa phong trào",
    "campaign.copy": "sao chép phong trào", "campaign.delete": "xoá dự thảo", "campaign.move": "chuyển bước",
    "plan": "kế hoạch", "plan.edit": "sửa kế hoạch", "enrolment": "đăng ký",
    "enrolment.enrol": "đăng ký tham gia", "enrolment.confirm": "xác nhận đăng ký",
    "enrolment.withdraw": "rút đăng ký", "council": "hội đồng", "council.edit": "sửa Hội đồng",
    "council.recuse": "không chấm một đơn vị", "report": "báo cáo", "report.open": "mở báo cáo",
    "report.save": "ghi báo cáo", "report.prepare": "trình ký", "report.submit": "nộp báo cáo",
    "report.give_back": "chuyển lại người soạn", "report.return": "trả lại báo cáo",
    "report.extend": "gia hạn", "evidence.attach": "gắn minh chứng", "evidence.remove": "gỡ minh chứng",
    "verification": "thẩm định", "verification.save": "ghi thẩm định",
    "verification.finish": "hoàn thành thẩm định", "verification.unlock": "mở lại thẩm định",
    "inspection.save": "ghi biên bản kiểm tra", "scoring": "chấm điểm", "scoring.mark": "chấm một ô",
    "scoring.lock": "khoá phiếu chấm", "scoring.reopen": "mở lại phiếu chấm", "ranking.freeze": "khoá xếp hạng",
    "post.save": "ghi bài viết", "post.publish": "đăng bài", "change": "thay đổi dữ liệu",
}

TABLES = {
    "unit": "Đơn vị", "user_account": "Người dùng", "role_grant": "Vai trò", "one_time_link": "Liên kết một lần",
    "campaign": "Phong trào", "phase_change": "Chuyển bước", "block": "Khối", "band": "Mức xếp loại",
    "task": "Nhiệm vụ", "reporting_period": "Kỳ báo cáo", "indicator": "Chỉ tiêu",
    "indicator_owner": "Đơn vị chủ trì, phối hợp", "allocation": "Chỉ tiêu giao",
    "criterion_group": "Nhóm tiêu chí", "criterion": "Tiêu chí", "criterion_scope": "Phạm vi tiêu chí",
    "participation": "Đơn vị tham gia", "council_member": "Thành viên Hội đồng", "recusal": "Không chấm",
    "extension": "Gia hạn", "report": "Báo cáo", "claimed_value": "Số liệu đơn vị báo",
    "narrative": "Thuyết minh", "self_score": "Điểm tự chấm", "warning_answer": "Giải trình cảnh báo",
    "evidence": "Minh chứng", "report_version": "Bản nộp", "report_return": "Trả lại",
    "verification": "Hồ sơ thẩm định", "verified_value": "Số liệu thẩm định",
    "verified_points": "Điểm thẩm định", "unlocking": "Mở lại thẩm định", "inspection": "Kiểm tra thực tế",
    "inspection_file": "Tệp kiểm tra", "inspected_subject": "Đối tượng kiểm tra", "score_sheet": "Phiếu chấm",
    "mark": "Điểm Hội đồng", "sheet_reopening": "Mở lại phiếu chấm", "frozen_ranking": "Xếp hạng đã khoá",
    "frozen_standing": "Thứ hạng đã khoá", "post": "Bài viết", "rule_set": "Bộ quy định",
    "measure_unit": "Đơn vị đo", "rehearsal_clock": "Đồng hồ diễn tập",
}
