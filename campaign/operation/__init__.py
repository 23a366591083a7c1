"""Vận hành: whether an installation is well, for whoever runs it and for programs that watch."""
