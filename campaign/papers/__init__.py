"""Văn bản: DOCX, PDF and XLSX in and out; it knows layouts and files, not campaigns."""
