"""Drives a proton-local from nothing to a running service, an update and back to nothing, with boto3's own waiters and
paginators. Usage: boto3_flow.py ENDPOINT. The server must run in open mode; bundles come from its demo bucket."""

import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/proton"
ENVIRONMENT_SPEC = "proton: EnvironmentSpec\nspec:\n  zones: 3\n"
SERVICE_SPEC = """proton: ServiceSpec
pipeline:
  test_command: make check
instances:
  - name: blue
    environment: boto-env
    spec: {copies: COPIES}
  - name: green
    environment: boto-env
    spec: {copies: 2, size: large}
"""
FAST = {"Delay": 1, "MaxAttempts": 120}


def client(endpoint, key="AKIDEXAMPLE"):
    return boto3.client(
        "proton",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key="secret",
        config=Config(retries={"mode": "standard"}),
    )


def expect(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["Error"]["Message"], error
        return
    raise AssertionError(f"expected {code}")


def template(proton, kind, name, **version):
    getattr(proton, f"create_{kind}_template")(name=name, displayName=name.title())
    source = {"s3": {"bucket": "proton-local-demo", "key": f"{kind}.tar.gz"}}
    create = getattr(proton, f"create_{kind}_template_version")
    made = create(templateName=name, source=source, clientToken="boto-" + name, **version)
    again = create(templateName=name, source=source, clientToken="boto-" + name, **version)
    first, second = (answer[f"{kind}TemplateVersion"]["arn"] for answer in (made, again))
    assert first == second, "a repeated token makes nothing new"
    number = {"templateName": name, "majorVersion": "1", "minorVersion": "0"}
    waiter = proton.get_waiter(f"{kind}_template_version_registered")
    waiter.wait(**number, WaiterConfig=FAST)
    getattr(proton, f"update_{kind}_template_version")(**number, status="PUBLISHED")


def main(endpoint):
    proton = client(endpoint)
    template(proton, "environment", "boto-network")
    template(
        proton,
        "service",
        "boto-web",
        compatibleEnvironmentTemplates=[{"templateName": "boto-network", "majorVersion": "1"}],
    )
    proton.create_environment(
        name="boto-env",
        templateName="boto-network",
        templateMajorVersion="1",
        protonServiceRoleArn=ROLE,
        spec=ENVIRONMENT_SPEC,
        tags=[{"key": "team", "value": "web"}],
    )
    proton.get_waiter("environment_deployed").wait(name="boto-env", WaiterConfig=FAST)
    outputs = proton.get_paginator("list_environment_outputs").paginate(environmentName="boto-env")
    assert [output["key"] for page in outputs for output in page["outputs"]] == ["NetworkId"]

    proton.update_account_settings(pipelineServiceRoleArn=ROLE)
    service = {
        "name": "boto-service",
        "templateName": "boto-web",
        "templateMajorVersion": "1",
        "repositoryConnectionArn": "arn:aws:codestar-connections:us-east-1:123456789012:connection/demo",
        "repositoryId": "acme/web",
        "branchName": "main",
        "spec": SERVICE_SPEC.replace("COPIES", "1"),
    }
    proton.create_service(**service)
    assert proton.create_service(**service)["service"]["name"] == "boto-service", "the same request again"
    expect("ValidationException", proton.create_service, **{**service, "description": "other"})
    proton.get_waiter("service_created").wait(name="boto-service", WaiterConfig=FAST)
    proton.get_waiter("service_pipeline_deployed").wait(name="boto-service", WaiterConfig=FAST)

    pages = list(proton.get_paginator("list_service_instances").paginate(PaginationConfig={"PageSize": 1}))
    assert len(pages) == 2, pages
    names = [instance["name"] for page in pages for instance in page["serviceInstances"]]
    assert names == ["blue", "green"], names

    proton.update_service_instance(
        name="blue",
        serviceName="boto-service",
        deploymentType="CURRENT_VERSION",
        spec=SERVICE_SPEC.replace("COPIES", "5"),
    )
    proton.get_waiter("service_instance_deployed").wait(name="blue", serviceName="boto-service", WaiterConfig=FAST)
    deployments = proton.get_paginator("list_deployments").paginate(serviceName="boto-service")
    assert sum(len(page["deployments"]) for page in deployments) == 4, "two instances, a pipeline, an update"
    proton.update_service(name="boto-service", description="changed")
    expect("ConflictException", proton.create_service, **service)

    expect("ConflictException", proton.delete_environment, name="boto-env")
    proton.delete_service(name="boto-service")
    proton.get_waiter("service_deleted").wait(name="boto-service", WaiterConfig=FAST)
    expect("ResourceNotFoundException", proton.get_service, name="boto-service")
    proton.delete_environment(name="boto-env")
    for _ in range(120):
        try:
            proton.get_environment(name="boto-env")
        except proton.exceptions.ResourceNotFoundException:
            break
    number = {"majorVersion": "1", "minorVersion": "0"}
    for kind, name in (("service", "boto-web"), ("environment", "boto-network")):
        getattr(proton, f"delete_{kind}_template_version")(templateName=name, **number)
        getattr(proton, f"delete_{kind}_template")(name=name)
        assert f"{kind}Template" not in getattr(proton, f"delete_{kind}_template")(name=name), "gone, and said so"
    print("boto3: template, environment, service, update, delete")


main(sys.argv[1])
