"""The browser's own checks can fail: pages with one fault each, served by this test."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import SCREENSHOTS, Complaints, grave_faults, look, photograph

pytestmark = pytest.mark.browser

HEAD = "<!doctype html><html lang=en><title>A page</title><meta name=viewport content='width=device-width'>"
GOOD = f"{HEAD}<main><h1>A page</h1><p>Words.</p></main></html>"
PAGES = {
    "/good": GOOD,
    "/no-alt": GOOD.replace("Words.", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"),
    "/inline": GOOD.replace("Words.", "<script>document.title = 'changed'</script>"),
    "/script": GOOD.replace("Words.", "<script src='/script.js'></script>"),
    "/script.js": "document.title = 'changed'",
    "/foreign": GOOD.replace("Words.", "<img alt='' src='http://127.0.0.2:9/picture.gif'>"),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data: http:")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_a_good_page_is_photographed_at_both_sizes(page: Page, site: str) -> None:
    page.goto(f"{site}/good")

    look(page, "a-good-page")

    for size in ("phone", "desktop"):
        picture = SCREENSHOTS / f"a-good-page-{size}.png"
        assert picture.read_bytes().startswith(b"\x89PNG")
        picture.unlink()


def test_a_picture_without_alternative_text_is_a_grave_fault_in_spite_of_the_content_policy(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/no-alt")

    assert grave_faults(page) == ["image-alt (critical): img"]


def test_where_no_script_may_run_none_does_and_pages_are_still_photographed(
    page_without_script: Page, site: str
) -> None:
    page_without_script.goto(f"{site}/script")

    photograph(page_without_script, "without-script")

    assert page_without_script.title() == "A page"
    for size in ("phone", "desktop"):
        (SCREENSHOTS / f"without-script-{size}.png").unlink()


def test_a_script_of_our_own_may_run(page: Page, site: str) -> None:
    page.goto(f"{site}/script")

    assert page.title() == "changed"


@pytest.mark.parametrize(
    ("path", "complaint"),
    [("/inline", "Content Security Policy"), ("/foreign", "asks another host: 127.0.0.2")],
)
def test_what_a_page_does_wrong_is_complained_of(
    browser: Browser, site: str, path: str, complaint: str
) -> None:
    complaints = Complaints()
    context = browser.new_context()
    context.on("page", complaints.watch)

    context.new_page().goto(f"{site}{path}")
    context.close()

    assert complaint in "\n".join(complaints.lines)


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
