"""A browser without a screen: cookies, forms as served, and the headers that a proxy and a browser send."""

import http.client
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class FormReader(HTMLParser):
    """Every form of a page with the values a browser would send if nothing were touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._textarea = ""
        self._text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is None or "disabled" in given:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select = given.get("name") or ""
        elif tag == "option" and self._select and "selected" in given:
            self._form.fields.append((self._select, given.get("value") or ""))
        elif tag == "textarea":
            self._textarea, self._text = given.get("name") or "", []

    def _input(self, given: dict[str, str | None]) -> None:
        kind, name = given.get("type") or "text", given.get("name")
        if not name or kind in {"submit", "button", "image", "reset", "file"}:
            return
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        default = "on" if kind == "checkbox" else ""
        self._form.fields.append((name, given.get("value") or default))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self._form.fields.append((self._textarea, "".join(self._text).removeprefix("\n")))
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


@dataclass
class Answer:
    status: int
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def form(self, action: str = "", names: Collection[str] = ()) -> Form:
        """The posting form whose address holds `action` and that has most of these fields."""
        forms = [
            form for form in FormReader(self.text).forms if form.method == "post" and action in form.action
        ]
        assert forms, f"no form {action!r} at {self.url} ({self.status}): {self.errors() or self.text[:3000]}"
        return max(forms, key=lambda form: len({name for name, _value in form.fields} & set(names)))

    def errors(self) -> list[str]:
        found = re.findall(r'class="[^"]*error-message[^"]*"[^>]*>(.*?)</(?:p|li|div)>', self.text, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in found]


class Visitor:
    """One person with one browser; the proxy's HTTPS is told by its header."""

    def __init__(self, port: int, site: str) -> None:
        self.port, self.site = port, site
        self.host = urlsplit(site).netloc
        self.cookies: dict[str, str] = {}

    def visit(self, url: str, form: list[tuple[str, str]] | None = None) -> Answer:
        """GET, or POST of a form; follows redirects as browsers do."""
        answer = self._ask(url, form)
        for _ in range(6):
            if answer.status not in REDIRECTS:
                return answer
            url = urljoin(answer.url, answer.headers["location"])
            answer = self._ask(url, None)
        raise AssertionError(f"{url} redirects in circles")

    def submit(self, answer: Answer, action: str = "", **changes: str | list[str]) -> Answer:
        """Sends a form of the page with some fields changed."""
        form = answer.form(action, changes)
        kept = [(name, value) for name, value in form.fields if name not in changes]
        for name, value in changes.items():
            kept += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self.visit(urljoin(answer.url, form.action or answer.url), kept)

    def _ask(self, url: str, form: list[tuple[str, str]] | None) -> Answer:
        url = urljoin(self.site, url)
        parts = urlsplit(url)
        assert parts.netloc == self.host, f"{url} leads away from the site"
        headers = {"Host": self.host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form).encode()
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.site,
                "Referer": url,
                "Sec-Fetch-Site": "same-origin",
            }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET" if form is None else "POST", path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        self._keep_cookies(response.headers.get_all("Set-Cookie") or [])
        answer_headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, url, answer_headers, content)

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                    continue
                assert morsel["secure"], f"cookie {name} goes over plain HTTP"
                self.cookies[name] = morsel.value
