#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the role and the database we use. CREATEROLE is for the
# companies' own roles; a superuser would not be bound by row policies.
set -eu
psql --username "${POSTGRES_USER:-postgres}" --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" <<'SQL'
create role secretaria login createrole nosuperuser password :'password';
create database secretaria owner secretaria;
SQL
