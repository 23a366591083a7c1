"""Somebody with cookies and no screen: steps that a journey needs but does not show."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from http.cookiejar import Cookie, CookieJar
from typing import Any

import lxml.html

from campaign.demo.content.people import PASSWORD

Fields = dict[str, str]


class Visitor:
    """Asks for pages, follows redirects and sends forms as a browser without scripts does."""

    def __init__(self, url: str, cookies: Iterable[Cookie] = ()) -> None:
        """Begin with these cookies."""
        self.url, self.jar = url, CookieJar()
        for cookie in cookies:
            self.jar.set_cookie(cookie)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.address = self.text = self.kind = ""

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """Status and words of an answer."""
        headers = {"Origin": self.url} | ({"Content-Type": kind} if kind else {})
        asked = urllib.request.Request(self.url + path, body, headers)  # noqa: S310 - our own server
        try:
            with self.opener.open(asked, timeout=180) as answer:
                self.kind = answer.headers.get("Content-Type", "")
                return self._answered(answer.url, answer.status, answer.read())
        except urllib.error.HTTPError as error:
            return self._answered(error.url or path, error.code, error.read())

    def _answered(self, address: str, status: int, content: bytes) -> tuple[int, str]:
        self.address, self.text = address, content.decode(errors="replace")
        return status, self.text

    def go(self, path: str) -> "Visitor":
        """Open a page that is there."""
        status, _ = self.ask(path)
        assert status == 200, (path, status)
        return self

    @property
    def page(self) -> Any:
        """The page that was opened last."""
        return lxml.html.fromstring(self.text)

    @property
    def words(self) -> str:
        """What the page says, white space folded."""
        return " ".join(self.page.text_content().split())

    def press(self, name: str | re.Pattern[str], /, **fields: str | list[str]) -> "Visitor":
        """Press the first button of that name, with `fields` in its form beside what stands there;
        a field is named by its name, or by the end of it.
        """
        form, button = self._form_of(name)
        values = self._values(form)
        for ending, value in fields.items():
            names = {field for each in self._inputs(form) if (field := each.get("name"))}
            named = names & {ending} or {field for field in names if field.endswith(ending)}
            assert named, (name, ending, sorted(names))
            values |= dict.fromkeys(named, value)
        if button.get("name"):
            values[button.get("name")] = button.get("value") or ""
        path = urllib.parse.urljoin(self.address, button.get("formaction") or form.action or "")
        sent = urllib.parse.urlencode(values, doseq=True).encode()
        status, _ = self.ask(path.removeprefix(self.url), sent)
        assert status == 200, (name, status, self.words[:2000])
        return self

    def _inputs(self, form: Any) -> list[Any]:
        """Fields of a form, also those that stand elsewhere on the page."""
        inside = form.xpath(".//input|.//select|.//textarea")
        elsewhere = form.xpath(
            "//*[self::input or self::select or self::textarea][@form=$id]", id=form.get("id", "-")
        )
        return [*inside, *elsewhere]

    def _values(self, form: Any) -> dict[str, str | list[str]]:
        """What the form would send as it stands."""
        values: dict[str, str | list[str]] = {}
        for each in self._inputs(form):
            is_sent = each.get("type") not in {"checkbox", "radio"} or each.checked
            if each.get("name") and each.get("type") != "file" and is_sent:
                values[each.get("name")] = [*values.get(each.get("name"), []), each.value or ""]
        return values

    def _form_of(self, name: str | re.Pattern[str]) -> tuple[Any, Any]:
        for button in self.page.xpath("//button[ancestor::form or @form]"):
            label = button.get("aria-label") or " ".join(button.text_content().split())
            if label == name if isinstance(name, str) else name.search(label):
                forms = button.xpath("//form[@id=$id]", id=button.get("form", ""))
                return (*forms, *button.iterancestors("form"))[0], button
        raise AssertionError((name, self.address, self.words[:2000]))

    def sign_in(self, user_name: str) -> "Visitor":
        """Đăng nhập with the demo's password."""
        self.go("/account/sign-in").press("Đăng nhập", user_name=user_name, password=PASSWORD)
        assert self.address.endswith("/home/"), self.address
        return self
