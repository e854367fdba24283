"""Answers of moto that would mislead a discovery, put right. Each names AWS's own behaviour."""

import hashlib
import re

from cryptography import x509
from moto.awslambda.models import LambdaFunction
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends, elastic_ip_addresses
from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions
from moto.ec2.utils import random_public_ip
from moto.elbv2.models import FakeRule
from moto.iam.models import Group, InstanceProfile, Policy, User
from moto.moto_api._internal import mock_random
from moto.organizations import utils as organization_utils
from moto.organizations.models import FakeAccount, OrganizationsBackend
from moto.s3.responses import S3Response


def _list_buckets(self):
    """AWS pages by name, and gives BucketRegion as soon as one parameter is sent; moto cuts the list and says nothing."""
    parameters = {name: self._get_param(name) for name in ("prefix", "bucket-region", "max-buckets", "continuation-token")}
    buckets = sorted(
        self.backend.list_buckets(prefix=parameters["prefix"], bucket_region=parameters["bucket-region"], max_buckets=None),
        key=lambda bucket: bucket.name,
    )
    after = parameters["continuation-token"] or ""
    rest = [bucket for bucket in buckets if bucket.name > after]
    page = rest[: int(parameters["max-buckets"] or 10_000)]
    asked = any(parameters.values())
    result = {
        "Owner": {"ID": "bcaf1ffd86f41161ca5fb16fd081034f", "DisplayName": "webfile"},
        "Buckets": [
            {
                "Name": bucket.name,
                "CreationDate": bucket.creation_date_ISO8601,
                **({"BucketRegion": bucket.region_name} if asked else {}),
            }
            for bucket in page
        ],
    }
    if len(page) < len(rest):
        result["ContinuationToken"] = page[-1].name
    self.data["Action"] = "ListBuckets"
    return self.serialized(ActionResult(result))


def _describe_regions(self):
    """Without AllRegions, AWS leaves out the Regions an account has not opted in to."""
    self.error_on_dryrun()
    regions = self.ec2_backend.describe_regions(self._get_param("RegionNames", []))
    if str(self._get_param("AllRegions", "false")).lower() != "true":
        regions = [region for region in regions if region.opt_in_status != "not-opted-in"]
    return ActionResult({"Regions": regions})


def _vpc_config(self):
    """The VPC of the function's own subnets; moto answers one constant id."""
    if not self._vpc_config:
        return None
    config = self._vpc_config.copy()
    subnet_ids = config.get("SubnetIds") or []
    if subnet_ids:
        subnet = ec2_backends[self.account_id][self.region].get_subnet(subnet_ids[0])
        config["VpcId"] = subnet.vpc_id
    return config


def _with_id_prefix(model, prefix):
    """IAM's unique ids say what they name (AIDA a user, ANPA a policy); moto's are any letters."""
    original = model.__init__

    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        self.id = prefix + self.id[-17:].upper().rjust(17, "A")

    model.__init__ = __init__


def _with_chosen_account_ids():
    """The gateway's keys are of accounts known beforehand: an e-mail like aws+123456789012@example.com chooses the id."""
    original, random_id = FakeAccount.__init__, organization_utils.make_random_account_id

    def __init__(self, organization, **kwargs):
        chosen = re.search(r"\+(\d{12})@", kwargs["Email"])
        organization_utils.make_random_account_id = (lambda: chosen[1]) if chosen else random_id
        try:
            original(self, organization, **kwargs)
        finally:
            organization_utils.make_random_account_id = random_id

    FakeAccount.__init__ = __init__


def _create_organization(create):
    """The management account has its own name in the organization; moto gives it a word AWS does not use any more."""

    def create_organization(self, *args, **kwargs):
        answer = create(self, *args, **kwargs)
        self.accounts[0].name = "management"
        return answer

    return create_organization


def _default_rule_arn(create):
    """A listener's default rule has an id like every other; moto takes a memory address, which no replay brings back."""

    def __init__(self, listener_arn, *args, **kwargs):
        create(self, listener_arn, *args, **kwargs)
        digest = hashlib.sha256(f"{listener_arn}/{self.priority}".encode()).hexdigest()
        self.arn = listener_arn.replace(":listener/", ":listener-rule/") + f"/{digest[:16]}"

    return __init__


def apply_moto_fixes():
    OrganizationsBackend.create_organization = _create_organization(OrganizationsBackend.create_organization)
    _with_chosen_account_ids()
    for model, prefix in ((User, "AIDA"), (Group, "AGPA"), (InstanceProfile, "AIPA"), (Policy, "ANPA")):
        _with_id_prefix(model, prefix)
    FakeRule.__init__ = _default_rule_arn(FakeRule.__init__)
    # From moto's own source, so that a replayed certificate is the same one. 159 bits, as a positive ASN.1 integer may have.
    x509.random_serial_number = lambda: mock_random.getrandbits(159)
    # An Elastic IP is an address of the internet; moto draws them from 127.0.0.0/8, which is everybody's own machine.
    elastic_ip_addresses.random_ip = random_public_ip
    S3Response.all_buckets = _list_buckets
    AvailabilityZonesAndRegions.describe_regions = _describe_regions
    LambdaFunction.vpc_config = property(_vpc_config)
