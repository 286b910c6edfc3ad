"""`contribution_changed` is sent inside the transaction of every change of a contribution.

Arguments: `contribution`, `change` (created, moderated, redacted, withdrawn, removed, destroyed;
pseudonymised when the author and the name shown went, unlinked when there was no name to go).
Receivers write their own rows in that same transaction.
"""

from django.dispatch import Signal

contribution_changed = Signal()
