from wagtail import hooks

from .viewsets import ActiveStateBulkAction, CloseBulkAction, OrganisationViewSet, RoleBulkAction

# Wagtail's own three write past the audit log; of the same name, the last one registered counts.
hooks.register("register_bulk_action", RoleBulkAction, order=100)
hooks.register("register_bulk_action", CloseBulkAction, order=100)
hooks.register("register_bulk_action", ActiveStateBulkAction, order=100)


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    return OrganisationViewSet("organisations", url_prefix="organisations")
