"""Đăng ký: pages."""

from flask import Blueprint

enrolment = Blueprint("enrolment", __name__)
