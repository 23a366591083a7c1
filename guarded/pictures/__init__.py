"""Ảnh trong vòng canh giữ: a picture from outside is measured, turned upright and drawn anew."""
