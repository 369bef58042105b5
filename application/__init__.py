"""What the system does: one file per use case, its needs as Protocols; standard library and domain only."""
