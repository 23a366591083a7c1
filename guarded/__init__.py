"""Vòng canh giữ: what runs only in a process of its own, on what came from outside; imports
nothing of the application.
"""
