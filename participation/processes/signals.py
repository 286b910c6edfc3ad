"""`contribution_changed` is sent inside the transaction of every change of a contribution.

Arguments: `contribution`, `change` (created, moderated, redacted, withdrawn, removed, destroyed).
Receivers write their own rows in that same transaction.
"""

from django.dispatch import Signal

contribution_changed = Signal()
