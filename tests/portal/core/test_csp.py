import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core.csp import ContentSecurityPolicyMiddleware


def policy(path, **marks):
    request = RequestFactory().get(path)
    for name, value in marks.items():
        setattr(request, name, value)
    response = ContentSecurityPolicyMiddleware(lambda request: HttpResponse())(request)
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize("path", ["/", "/fi/kuulemiset/", "/sv/konto/", "/files/x", "/cmsx/"])
def test_public_pages_run_nothing_inline_and_nothing_from_elsewhere(path):
    directives = policy(path)

    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert not any("unsafe" in source for sources in directives.values() for source in sources)
    assert not any(source.startswith("http") for sources in directives.values() for source in sources)


def test_the_administration_is_relaxed_for_wagtail_and_still_loads_only_our_own():
    directives = policy("/cms/pages/")

    assert "'unsafe-inline'" in directives["script-src"]
    assert "'unsafe-eval'" not in directives["script-src"]
    assert directives["frame-ancestors"] == ["'self'"]
    assert not any(source.startswith("http") for sources in directives.values() for source in sources)


@pytest.mark.parametrize("mark", ["is_dummy", "is_preview"])
def test_a_previewed_page_is_strict_but_may_stand_in_our_own_frame(mark):
    directives = policy("/fi/kuulemiset/", **{mark: True})

    assert directives["frame-ancestors"] == ["'self'"]
    assert directives["script-src"] == ["'self'"]


def test_https_is_kept_up_in_the_administration_too(settings):
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"upgrade-insecure-requests": True}
    }

    assert "upgrade-insecure-requests" in policy("/cms/")
    assert "upgrade-insecure-requests" in policy("/fi/")
