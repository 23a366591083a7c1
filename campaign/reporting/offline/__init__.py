"""Biểu báo cáo ngoài mạng: the report as a workbook to fill in anywhere."""
