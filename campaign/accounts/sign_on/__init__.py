"""Đăng nhập một lần: OpenID Connect with the one provider that the office has named."""
