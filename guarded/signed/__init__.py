"""Bản ký số trong vòng canh giữ: a PDF from outside tells its words and its signatures."""
