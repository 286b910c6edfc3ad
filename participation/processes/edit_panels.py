"""What the page editor says of the settings that it does not hold."""

from wagtail.admin.panels import HelpPanel


def settings_link() -> HelpPanel:
    return HelpPanel(template="participation_processes/admin/panels/settings_link.html")
