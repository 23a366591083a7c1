"""Đề nghị khen thưởng: award kinds, nominees, and what comes before the Council."""
