"""Tools around the application: set-up, serving, vendored files; the standard library only."""
