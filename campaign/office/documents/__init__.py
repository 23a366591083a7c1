"""Các loại văn bản: what each kind holds, and which of them this reader may draw."""
