"""Makes a demonstration: an invented, seeded history at a programme's real size. Start at play.py."""

from relais.packs.services.demo.play import Played, play_demo

__all__ = ["Played", "play_demo"]
