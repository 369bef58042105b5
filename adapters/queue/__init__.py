"""Work handed out: one Dramatiq queue per company, served in turn, with PostgreSQL knowing better at all times."""
