"""Installing a pack, again and again, changes only what the pack changed."""

from relais.packs.services.install import install_pack

__all__ = ["install_pack"]
