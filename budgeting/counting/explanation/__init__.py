"""Why every project is funded or not, in codes and numbers."""
