"""Yếu tố thứ hai: the pages where people add, use and renew it."""
