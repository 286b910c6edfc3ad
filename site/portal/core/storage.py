from typing import NoReturn

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files that only a view which asks permissions may hand out: they have no address."""

    def url(self, name: str | None) -> NoReturn:
        raise ValueError(f"a private file has no address: {name}")
