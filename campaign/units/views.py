"""Đơn vị: pages."""

from flask import Blueprint

units = Blueprint("units", __name__)
