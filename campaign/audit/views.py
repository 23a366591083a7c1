"""Nhật ký: pages."""

from flask import Blueprint

audit = Blueprint("audit", __name__)
