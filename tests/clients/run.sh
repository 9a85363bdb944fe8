#!/usr/bin/env bash
# Runs the clients that AWS publishes against proton-local: the README's three commands, then boto3 from nothing to a service
# and back. Needs Python 3 and the package index; makes its own virtual environment below target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
venv=$target/clients-venv
if [ ! -x "$venv/bin/aws" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
fi
export PATH="$PWD/$venv/bin:$PATH"
case $venv in /*) export PATH="$venv/bin:$PATH" ;; esac

cargo build --quiet -p proton-local
server=$target/debug/proton-local
log=$(mktemp)
"$server" serve --ephemeral --speed 100 --listen 127.0.0.1:0 >"$log" &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 100); do
    endpoint=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' "$log")
    [ -n "$endpoint" ] && break
    sleep 0.1
done

show() { printf '\n$ %s\n' "$*"; "$@"; }
export AWS_PAGER= AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=secret
show "$server" seed --endpoint "$endpoint"
show aws proton get-service --name shop --endpoint-url "$endpoint" --query 'service.{name:name,status:status}'
show aws proton list-service-instances --endpoint-url "$endpoint" --output table \
    --query 'serviceInstances[].{instance:name,environment:environmentName,status:deploymentStatus}'

# A life with the CLI alone: update and wait, delete and wait.
show aws proton update-service-instance --service-name shop --name blue --deployment-type CURRENT_VERSION \
    --endpoint-url "$endpoint" --query serviceInstance.deploymentStatus
show aws proton wait service-instance-deployed --service-name shop --name blue --endpoint-url "$endpoint"
show aws proton list-deployments --service-name shop --service-instance-name blue --page-size 1 \
    --endpoint-url "$endpoint" --query 'deployments[].deploymentStatus'
show aws proton delete-service --name shop --endpoint-url "$endpoint" --query service.status
show aws proton wait service-deleted --name shop --endpoint-url "$endpoint"

show python tests/clients/boto3_flow.py "$endpoint"
