"""Draw the companion's icons from companion/icons/icon.svg with Debian's Chromium: scripts/companion_icons.py."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parents[1] / "companion" / "icons"
SIZES = (16, 32, 48, 128)

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    drawing = (ICONS / "icon.svg").read_text(encoding="utf-8")
    for size in SIZES:
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(f"<style>*{{margin:0;display:block}}</style>{drawing}")
        page.screenshot(path=ICONS / f"{size}.png", omit_background=True)
    browser.close()
