"""The demonstration: an invented authority over real municipalities, filled in both languages.

Texts live in `content/*.toml`, Finnish and Swedish side by side; the modules here read them and put them
into the site through the services that staff and residents use.
"""
