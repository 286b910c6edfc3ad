"""Creating a page that the editor's autosave is creating too: told beside the address, no error page.

Wagtail checks the address when the form is checked and again when the page is saved; another request may have
taken it in between, most often the autosave of the same form.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.admin.views.pages.create import CreateView


@method_decorator(never_cache, name="dispatch")
@method_decorator(require_admin_access, name="dispatch")
@method_decorator(display_custom_404, name="dispatch")
class PageCreateView(CreateView):
    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().post(request)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.form.add_error(name if name in self.form.fields else None, messages)
            response = self.form_invalid(self.form)
        return response
