"""Báo cáo: what a unit reports for each period, version by version, with its evidence."""
