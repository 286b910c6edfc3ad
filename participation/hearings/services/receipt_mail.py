"""The e-mail receipt: the code and where to use it, never the text itself."""

import datetime as dt

from django.utils.translation import override

from participation.processes.models import ContributorAddress
from participation.processes.receipts import receipt_code
from participation.processes.staff_selectors import title
from portal.mail.services import queue

from ..addresses import receipt_url
from ..models import Comment

KEPT = dt.timedelta(days=30)


def send_receipt(comment: Comment, address: ContributorAddress) -> None:
    language = address.language
    with override(language):
        context = {
            "title": title(comment.participation, language, public=True),
            "received_at": comment.received_at,
            "late": comment.late,
            "code": receipt_code(comment.public_id),
            "receipt_url": receipt_url(comment, language),
        }
        queue(
            to=address.email,
            language=language,
            template="hearings/receipt",
            context=context,
            related=comment,
            erase_after=KEPT,
        )
