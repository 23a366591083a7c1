"""Quyết định trên trang công khai: the signed copy that is published with it."""
