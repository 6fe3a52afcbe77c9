"""The API against its own description, by schemathesis: no fault of the server, nothing undocumented."""

from itertools import chain

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from exports.api.endpoints import endpoints
from tests.exports.served import live, site

CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance, checks.negative_data_rejection,
    checks.unsupported_method,
]  # fmt: skip
"""All that fit: what OpenAPI cannot say (fields that do not go together) is refused by 400, as described."""
EXAMPLES = 5
"""Of each address, right ones and as many wrong ones."""


@pytest.fixture(scope="module")
def described(releases, catalogue):
    with live(site(releases, catalogue)) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_every_answer_is_as_it_is_described(described, catalogue, mode):
    operations = [found.ok() for found in described.get_all_operations()]
    answered, wrong = [], mode is GenerationMode.NEGATIVE
    for operation in operations:
        if wrong and (
            operation.method == "head" or not list(chain(operation.query, operation.path_parameters))
        ):
            continue

        @seed(20261122)
        @settings(
            max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            database=None,
        )  # fmt: skip
        @given(operation.as_strategy(generation_mode=mode))
        def tried(case):
            answered.append(case.call_and_validate(checks=CHECKS, timeout=60).status_code)

        tried()
    assert len(operations) == 2 * len(endpoints(catalogue, {}))
    assert len(answered) > len(operations) * (1 if wrong else 2)
    assert 200 in answered or wrong


def test_the_formats_of_sdmx_are_described_and_asked_for_by_either_way(releases, catalogue):
    client = site(releases, catalogue).test_client()
    told = client.get("/api/v1/openapi.json").json["paths"]["/data"]["get"]
    named = next(p for p in told["parameters"] if p["name"] == "format")["schema"]["enum"]
    asked = "/api/v1/data?indicator=exports_services&areas=KAZ"
    for form, kind in (("csv", "csv"), ("ml", "xml"), ("json", "json")):
        media = f"application/vnd.sdmx.data+{kind}"
        assert f"sdmx-{form}" in named
        assert media in told["responses"]["200"]["content"]
        by_header = client.get(asked, headers={"Accept": media})
        assert by_header.mimetype == media
        content = client.get(f"{asked}&format=sdmx-{form}").data
        assert [b"<mes:Prepared>" in content, by_header.status_code] == [form == "ml", 200]
