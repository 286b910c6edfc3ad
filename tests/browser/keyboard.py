"""A person without a mouse: Tab, Shift+Tab, arrows, Enter, letters. What has the focus must be seen."""

import time

import pytest

HAS_FOCUS = """([selector, named]) => {
  const element = document.activeElement;
  return element !== null && element.matches(selector) && (!named || element.innerText.trim() === named);
}"""

FOCUS_SHOWS = """element => {
  const marked = (of, pseudo) => {
    const style = getComputedStyle(of, pseudo);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none";
  };
  if (marked(element)) return true;
  // A box or button whose mark is drawn by its label; an editor's, by the frame around it.
  return [...(element.labels ?? [])].some((label) => marked(label, "::before") || marked(label))
    || (element.isContentEditable && marked(element.closest(".Draftail-Editor__wrapper, .Draftail-Editor")));
}"""

IN_SIGHT = """element => {
  const box = element.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1) return false;
  const own = [element, ...(element.labels ?? [])];
  for (const x of [0.1, 0.5, 0.9]) {
    for (const y of [0.2, 0.5, 0.8]) {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      if (top && own.some((part) => part.contains(top))) return true;
    }
  }
  return false;
}"""


class Keyboard:
    """Every step asserts that the focus is shown and not covered by anything."""

    def __init__(self, page):
        self.page = page

    def to(self, selector, *, named="", key="Tab", limit=250):
        """Presses Tab (or another key) until the element has the focus; `named`: by its whole text."""
        for _number in range(limit):
            self.page.keyboard.press(key)
            if self.has_focus(selector, named):
                self.is_seen(selector)
                return
        pytest.fail(f"{key} does not reach {selector} {named} on {self.page.url}")

    def has_focus(self, selector, named=""):
        return self.page.evaluate(HAS_FOCUS, [selector, named])

    def is_seen(self, selector):
        self.until(FOCUS_SHOWS, f"{selector} has the focus and does not show it")
        self.until(IN_SIGHT, f"{selector} has the focus and is out of sight")

    def until(self, question, otherwise, seconds=10):
        """Asks about the focused element; a page may still be moving to where the focus is."""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(f"({question})(document.activeElement)"):
            assert time.monotonic() < deadline, f"{otherwise} on {self.page.url}"
            self.page.wait_for_timeout(50)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text):
        self.page.keyboard.type(text)

    def fill(self, selector, text, **how):
        """Goes to a field, empties it and writes."""
        self.to(selector, **how)
        self.press("ControlOrMeta+a", "Delete")
        self.write(text)

    def choose(self, selector, value, **how):
        """Goes to a list and moves down or up to a choice, as arrows do."""
        self.to(selector, **how)
        values = self.page.locator(selector).evaluate("list => [...list.options].map((one) => one.value)")
        now = self.page.input_value(selector)
        steps = values.index(value) - values.index(now)
        self.press(*(["ArrowDown"] * steps if steps > 0 else ["ArrowUp"] * -steps))
        assert self.page.input_value(selector) == value

    def tick(self, selector, **how):
        self.to(selector, **how)
        self.press("Space")
        assert self.page.is_checked(selector)

    def untick(self, selector, **how):
        self.to(selector, **how)
        self.press("Space")
        assert not self.page.is_checked(selector)

    def follow(self, selector, *, seconds=15, **how):
        """Goes to a link or button and presses it, to the next page."""
        self.to(selector, **how)
        self.enter(seconds)

    def enter(self, seconds=15):
        with self.page.expect_navigation(timeout=seconds * 1000):
            self.page.keyboard.press("Enter")
