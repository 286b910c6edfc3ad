from wagtail import hooks

from .serving import guard_document

hooks.register("before_serve_document", guard_document)
