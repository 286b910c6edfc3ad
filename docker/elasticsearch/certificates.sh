#!/bin/bash
# Once: an authority of this installation's own, which signs the certificate of the search server and is gone then.
# Renewing: remove the volumes search-certificates and search-authority, and start again.
set -euo pipefail

certificates=${1:-config/certs}
authority=${2:-/authority}
if [ -f "$authority/ca.crt" ]; then
  exit 0
fi

made=$(mktemp --directory)
trap 'rm -r "$made"' EXIT
elasticsearch-certutil ca --silent --pem --days 3650 --out "$made/ca.zip"
unzip -q "$made/ca.zip" -d "$made"
elasticsearch-certutil cert --silent --pem --days 3650 --out "$made/server.zip" \
  --ca-cert "$made/ca/ca.crt" --ca-key "$made/ca/ca.key" \
  --name elasticsearch --dns elasticsearch,localhost --ip 127.0.0.1
unzip -q "$made/server.zip" -d "$made"

install --mode 0640 "$made/elasticsearch/elasticsearch.key" "$made/elasticsearch/elasticsearch.crt" \
  "$made/ca/ca.crt" "$certificates"
chown "${OWNER:-1000:0}" "$certificates"/*
# Last, and for everybody to read: it says that the rest is there.
install --mode 0644 "$made/ca/ca.crt" "$authority"
