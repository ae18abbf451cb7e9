"""Addresses of the letterbox."""

from django.urls import URLPattern, path

from visavis.mailboxes.texts import receiving
from visavis.mailboxes.views import box, mine, piece, ready, receipt, several, sorting, thread, writing

app_name = "mailboxes"
urlpatterns: list[URLPattern] = [
    path("messages/", mine.mine, name="mine"),
    path("messages/new/", mine.new, name="new"),
    path("messages/<int:thread_id>/", thread.page, name="thread"),
    path("messages/<int:thread_id>/move/", thread.move, name="move"),
    path("messages/<int:thread_id>/<int:number>/pieces/<int:place>/", piece.piece, name="piece"),
    path("letterbox/to-sort/", sorting.tray, name="tray"),
    path("letterbox/to-sort/<int:incoming_id>/", sorting.one, name="sort"),
    path("sms/in/", receiving.receive, name="text"),
    path("sms/state/", receiving.state, name="text_state"),
    path("letterbox/", box.box, name="box"),
    path("letterbox/several/", several.listed, name="several"),
    path("letterbox/several/new/", several.new, name="to_several"),
    path("letterbox/several/<int:broadcast_id>/", several.one, name="broadcast"),
    path("letterbox/ready/", ready.ready, name="ready"),
    path("desk/people/<int:jobseeker_id>/write/", writing.to_person, name="to_person"),
    path("people/<int:jobseeker_id>/receipt/", receipt.receipt, name="receipt"),
    path("people/<int:jobseeker_id>/receipt.pdf", receipt.on_paper, name="receipt_pdf"),
    path("people/<int:jobseeker_id>/said/", writing.said, name="said"),
]
