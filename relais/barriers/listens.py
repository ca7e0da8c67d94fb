"""What this app listens to: services registered with the apps below when the site starts."""

from relais.barriers.services.returns import hear_returned_dossier

LISTENS = [hear_returned_dossier]
