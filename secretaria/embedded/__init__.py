"""Real PostgreSQL and Valkey servers that `secretaria run` starts by itself where no URL names one."""
