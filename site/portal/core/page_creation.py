"""Creating a page that the editor's own autosave is creating: an answer beside the address, not an error page.

Wagtail checks the address when the form is checked and again when the page is saved; another request may have
taken it in between, most often the autosave of the same form.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.pages.create import CreateView


class PageCreateView(CreateView):
    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().post(request)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.form.add_error(name if name in self.form.fields else None, messages)
            response = self.form_invalid(self.form)
        return response
