"""`/bench/same` answers with the bytes in the file that BENCH_BYTES names: the baseline of the page cache."""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import urlpatterns as portal_patterns

CONTENT = Path(os.environ["BENCH_BYTES"]).read_bytes()


def same(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONTENT)


urlpatterns = [path("bench/same", same), *portal_patterns]
