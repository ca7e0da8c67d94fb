"""Tags and filters every template of Relais has."""
