#!/bin/bash
# The portal's account, at every start: it may do everything with the portal's indexes and nothing else.
set -euo pipefail

put() {
  curl --silent --show-error --fail --output /dev/null --cacert /authority/ca.crt --user "elastic:$ELASTIC_PASSWORD" \
    --request PUT --header "Content-Type: application/json" --data "$2" "https://elasticsearch:9200/_security/$1"
}

put role/portal "{\"cluster\": [\"monitor\"], \"indices\": [{\"names\": [\"$SEARCH_INDEX_PREFIX*\"], \"privileges\": [\"all\"]}]}"
put user/portal "{\"password\": \"$SEARCH_PASSWORD\", \"roles\": [\"portal\"]}"
