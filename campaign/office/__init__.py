"""Văn thư: gathers what the parts know into papers to print, sign and send."""
