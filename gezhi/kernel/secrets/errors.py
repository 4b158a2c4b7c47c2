"""What can go wrong with keys and sealed values; no message ever holds a plain value or a key."""


class SecretsError(Exception):
    """Root of every refusal of this package."""


class KeyMissing(SecretsError):
    """A key that is needed now is not in the keys folder (or not known to the module)."""


class KeyDamaged(SecretsError):
    """A key file does not hold the key its name promises."""


class UnknownKey(SecretsError):
    """A value names a key that is not here: another keys folder, or a destroyed key."""


class Malformed(SecretsError):
    """The text is not a sealed value at all."""


class Unopenable(SecretsError):
    """The value was altered, or it was sealed for another table, column or row."""
