"""Django's SQLite backend with one fair lock round write transactions (design §4.14)."""
