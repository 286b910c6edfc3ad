"""The portal: Django project and the rooms every participation app stands on."""

__version__ = "0.1.0"
