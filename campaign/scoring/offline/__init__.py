"""Phiếu chấm ngoài mạng: a member's sheet as a workbook to fill in anywhere."""
