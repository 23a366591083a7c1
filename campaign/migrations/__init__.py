"""Nâng cấp lược đồ: the baseline, and the steps since."""
