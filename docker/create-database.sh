#!/bin/sh
# Makes what the embedded database makes: an owner for the migrations, and an application role that owns nothing.
set -eu
psql --username=postgres --set=ON_ERROR_STOP=1 \
  --set=owner_password="$CANDOR_DB_OWNER_PASSWORD" --set=app_password="$CANDOR_DB_PASSWORD" <<'SQL'
CREATE ROLE candor_owner LOGIN NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE candor_app LOGIN NOBYPASSRLS PASSWORD :'app_password';
CREATE DATABASE candor OWNER candor_owner;
REVOKE ALL ON DATABASE candor FROM PUBLIC;
GRANT CONNECT ON DATABASE candor TO candor_app;
\connect candor
CREATE EXTENSION vector;
SQL
