"""Addresses of paper that comes in: the tray, scans and their pages, parts to sort, cover sheets."""

from django.urls import URLPattern, path

from visavis.scans.views import cover, part, scan, sheet, tray

app_name = "scans"
urlpatterns: list[URLPattern] = [
    path("paper/", tray.tray, name="tray"),
    path("paper/scans/<int:scan_id>/", scan.page, name="scan"),
    path("paper/scans/<int:scan_id>/page-<int:number>.jpg", scan.picture, name="picture"),
    path("paper/scans/<int:scan_id>/small-<int:number>.jpg", scan.picture, {"is_small": True}, name="small"),
    path("paper/scans/<int:scan_id>/seen/", scan.seen, name="seen"),
    path("paper/parts/<int:part_id>/", part.page, name="part"),
    path("paper/parts/<int:part_id>/sheet/", sheet.page, name="sheet"),
    path("paper/parts/<int:part_id>/take-back/", part.take_back, name="take_back"),
    path("paper/cover/", cover.mine, name="cover"),
    path("people/user/<int:user_id>/cover/", cover.of_person, name="cover_of"),
    path("paper/covers/<int:cover_id>/sheet.pdf", cover.pdf, name="cover_pdf"),
]
