"""Texts of the pages: one JSON catalogue a language, flat keys, `{name}` for values."""
