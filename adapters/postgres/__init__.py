"""PostgreSQL: the truth. One schema and one database role per company, shared tables in public."""
