"""The portal: Django project and the rooms every participation app stands on."""
