"""Báo cáo: pages."""

from flask import Blueprint

reporting = Blueprint("reporting", __name__)
