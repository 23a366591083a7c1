"""Phát động: pages."""

from flask import Blueprint

planning = Blueprint("planning", __name__)
