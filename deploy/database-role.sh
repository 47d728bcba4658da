#!/bin/sh
# Run once by PostgreSQL's image, in a volume that is still empty: the service's own role and its database.
# It owns that database and may make others, for trying backups; a superuser is stopped by no trigger, and it is none.
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat /run/secrets/postgres_password`
CREATE ROLE casetrack LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE casetrack OWNER casetrack;
SQL
