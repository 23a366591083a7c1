"""Tài khoản: pages."""

from flask import Blueprint

accounts = Blueprint("accounts", __name__)
