"""Answers of moto that would mislead a discovery, put right. Each names AWS's own behaviour."""

from moto.awslambda.models import LambdaFunction
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions
from moto.iam.models import Group, InstanceProfile, Policy, User
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


def apply_moto_fixes():
    for model, prefix in ((User, "AIDA"), (Group, "AGPA"), (InstanceProfile, "AIPA"), (Policy, "ANPA")):
        _with_id_prefix(model, prefix)
    S3Response.all_buckets = _list_buckets
    AvailabilityZonesAndRegions.describe_regions = _describe_regions
    LambdaFunction.vpc_config = property(_vpc_config)
