from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "participation.processes"
    label = "participation_processes"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from portal.accounts.enums import RoleGroup
        from portal.accounts.services import PersonalDataSource, grant, register_personal_data_source
        from portal.core import lasting, page_context
        from portal.jobs import schedule

        from . import models, receivers, selectors
        from .services import contributions, effects

        receivers.connect()
        grant(
            (RoleGroup.EDITOR, RoleGroup.OFFICIAL),
            *(
                f"participation_processes.{verb}_{model}"
                for model in ("legalbasis", "servicearea")
                for verb in ("add", "change", "delete")
            ),
        )
        register_personal_data_source(PersonalDataSource("contributions", contributions.forget_author))
        page_context.register(models.ProcessPage, selectors.process_context)
        lasting.register("participation", selectors.participation_address, selectors.staff_address)
        lasting.register("contribution", selectors.contribution_address)
        lasting.register("page", selectors.page_address)
        schedule.register("participation.effects", effects.fire_due, every=timedelta(minutes=1))
        schedule.register("contributions.retention", contributions.destroy_due, daily_at=time(3, 10))
        schedule.register("contributions.devices", contributions.forget_devices, daily_at=time(3, 15))
        schedule.register("contributions.addresses", contributions.erase_addresses, daily_at=time(3, 20))
