"""Packages moto imports and the gateway does without: what needs them fails when it is asked for, not when it is loaded.

openapi_spec_validator (with jsonschema and lxml behind it) only checks OpenAPI documents given to API Gateway's
ImportRestApi and PutRestApi; but its import stands before all of API Gateway and of CloudFormation.
"""

import importlib.util
import sys
import types


class OpenAPIValidationError(Exception):
    pass


def _validate(*_args, **_kwargs):
    raise NotImplementedError("openapi_spec_validator is not installed: OpenAPI documents cannot be imported")


def do_without_optional_packages():
    if importlib.util.find_spec("openapi_spec_validator") is not None:
        return
    names = ("openapi_spec_validator", "openapi_spec_validator.validation", "openapi_spec_validator.validation.exceptions")
    package, validation, exceptions = (types.ModuleType(name) for name in names)
    package.__path__ = validation.__path__ = []
    package.validate = _validate
    exceptions.OpenAPIValidationError = OpenAPIValidationError
    sys.modules.update(zip(names, (package, validation, exceptions), strict=True))
