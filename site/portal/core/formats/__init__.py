"""Formats of Finland's two languages: modules for Django (`FORMAT_MODULE_PATH`) and pure functions in `text`.

Django's own `sv` is Sweden's: it writes 2026-11-30 and reads 05/11/2026 as May.
"""
