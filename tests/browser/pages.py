"""From one page to the next by a click. A click alone comes back before the next page is there to be read."""

from playwright.sync_api import expect


def click_through(page, selector):
    """Clicks what leads to another page, and waits until that has come."""
    with page.expect_navigation():
        page.click(selector)


def expect_summary_focused(page, selector="[role=alert]"):
    """What is to be mended has the focus; a browser gives it in the frame after the page has come."""
    expect(page.locator(selector)).to_be_focused()
