"""A real browser: pages are looked at, photographed, and checked for accessibility and for refused content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.support.machine import do_without, find_chromium

SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
GRAVE = frozenset({"serious", "critical"})


@dataclass  # Without slots: Playwright keeps its own note on the object whose method it calls.
class Complaints:
    """What the browser complained of, from the first page on."""

    lines: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note what this page does wrong: script errors, content that its policy refuses, foreign requests."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.lines.append(f"script error: {error}"))
        page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(
            "Failed to load resource: the server responded"
        ):
            self.lines.append(message.text)

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
            self.lines.append(f"asks another host: {parts.hostname}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for each process of the test run."""
    path = find_chromium()
    if path is None:
        do_without("Chromium", "sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of a fresh visitor; at the end of the test nothing may have been complained of."""
    yield from _visit(browser.new_context(locale="en-GB", timezone_id="Europe/London"))


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    """Open a page of a fresh visitor whose browser runs no script."""
    yield from _visit(
        browser.new_context(locale="en-GB", timezone_id="Europe/London", java_script_enabled=False)
    )


def _visit(context: BrowserContext) -> Iterator[Page]:
    complaints = Complaints()
    context.on("page", complaints.watch)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert complaints.lines == []


def look(page: Page, name: str) -> None:
    """Photograph a page, phone-sized and desktop, and fail on a grave accessibility fault at either size."""
    photograph(page, name, check=grave_faults)


def photograph(page: Page, name: str, *, check: Callable[[Page], list[str]] | None = None) -> None:
    """Photograph a page at both sizes; without a check this also works where no script may run."""
    SCREENSHOTS.mkdir(exist_ok=True)
    before = page.viewport_size
    faults = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=SCREENSHOTS / f"{name}-{size}.png", full_page=True)
        faults += [f"{size}: {fault}" for fault in (check(page) if check else ())]
    if before:
        page.set_viewport_size(before)
    assert faults == []


def grave_faults(page: Page) -> list[str]:
    """Return what axe calls serious or critical, each with the element it found it on."""
    return [
        f"{violation['id']} ({violation['impact']}): {node['target'][0]}"
        for violation in _violations(page)
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def _violations(page: Page) -> list[dict[str, Any]]:
    # Through the debugging protocol, since the page's own content policy refuses axe, as it should; a browser
    # told to ignore the policy would no longer report what the policy refuses.
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE_SCRIPT})
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run({resultTypes: ['violations']}).then(results => results.violations)",
            "awaitPromise": True,
            "returnByValue": True,
        },
        timeout=30_000,
    )
    session.detach()
    violations: list[dict[str, Any]] = answer["result"]["value"]
    return violations
