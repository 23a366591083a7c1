"""Câu chuyện về điển hình: told to everybody, with pictures, as long as who is told of consents."""
