"""Một cửa: the application. Empty on purpose: importing `app.domain` must not load Flask."""
