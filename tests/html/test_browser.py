"""The page in a real browser: for everybody, by keyboard alone, without scripts, and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
PAGES = ("made", "magetan")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """A function that opens a page; whatever it complains of is an error."""
    contexts = []

    def open_page(name: str, **settings: Any) -> Page:
        path: Path = request.getfixturevalue(name)
        contexts.append(context := browser.new_context(**settings))
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda asked: complaints.append(asked.url) if not asked.is_navigation_request() else None)
        page.goto(path.as_uri())
        assert complaints == []
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("name", "scheme"), [("made", "light"), ("made", "dark"), ("magetan", "light")])
def test_nothing_stands_in_the_way_of_anybody(opened: Open, name: str, scheme: str) -> None:
    """No rule of axe is broken, WCAG 2.2 and good practice included, also while everything is open."""
    page = opened(name, bypass_csp=True, color_scheme=scheme)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.locator("button.angka").first.click()
    page.wait_for_function("document.querySelector('[popover]:popover-open') !== null")
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


OPEN = "document.querySelector('[popover]:popover-open')?.id"


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_and_opens_every_explanation(opened: Open, name: str) -> None:
    """Tab from the top, Enter, Escape back to the figure; and all without a script."""
    page = opened(name, java_script_enabled=False)
    for summary in page.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    buttons: int = page.evaluate("document.querySelectorAll('button.angka').length")
    explained = set(page.evaluate("[...document.querySelectorAll('[popover]')].map(each => each.id)"))
    assert explained
    reached: list[str] = []
    page.locator(".lompat").focus()
    for _ in range(buttons * 3 + 200):
        page.keyboard.press("Tab")
        target = page.evaluate(
            "document.activeElement.matches('button.angka') && document.activeElement.popoverTargetElement.id"
        )
        if target:
            page.keyboard.press("Enter")
            assert page.evaluate(OPEN) == target
            page.keyboard.press("Escape")
            assert page.evaluate(OPEN) is None
            assert page.evaluate("document.activeElement.popoverTargetElement.id") == target
            reached.append(target)
        if len(reached) == buttons:
            break
    assert len(reached) == buttons
    assert set(reached) == explained


def test_an_open_explanation_can_be_read_and_closed(opened: Open) -> None:
    """The reader is led into it, and its button closes it."""
    page = opened("made")
    page.locator("button.angka").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "dialog"
    assert page.locator("[popover]:popover-open h3").inner_text() == "Layanan (a)"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN) is None


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_tables_and_never_the_page(opened: Open, name: str) -> None:
    """Whatever is wider than the screen has a frame of its own, which the keyboard reaches."""
    page = opened(name, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("button.angka").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    wide = "[...document.querySelectorAll('.bingkai')].filter(each => each.scrollWidth > each.clientWidth)"
    assert page.evaluate(f"{wide}.every(each => each.tabIndex === 0)")


def test_the_link_at_the_top_leads_to_the_report(opened: Open) -> None:
    """Past the table of contents."""
    page = opened("made")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_paper_shows_the_report_and_an_appendix(opened: Open) -> None:
    """What can only be used on a screen is left out, and every explanation is shown."""
    page = opened("made")
    page.emulate_media(media="print")
    assert [page.locator(each).first.is_visible() for each in ("nav", ".lompat", ".tutup", "summary")] == [False] * 4
    assert all(each.is_visible() for each in page.locator("[popover]").all())
    assert page.locator("#penjelasan").is_visible()
    assert page.locator("table").first.is_visible()
