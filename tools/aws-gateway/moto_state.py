"""What moto's IAM and STS know about an access key or a role."""

import json
from urllib.parse import unquote

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends


def find_principal(access_key_id):
    """The principal behind an access key id, or None."""
    return _find_user(access_key_id) or _find_session(access_key_id)


def find_role(arn):
    """A role's trust policy and longest session, or None."""
    account_id = arn.split(":")[4]
    for backend in _backends_of(iam_backends, account_id):
        for role in backend.roles.values():
            if role.arn == arn:
                return {
                    "arn": role.arn,
                    "roleId": role.id,
                    "roleName": role.name,
                    "accountId": account_id,
                    "trustPolicy": _document(role.assume_role_policy_document),
                    "maxSessionDuration": int(role.max_session_duration or 3600),
                }
    return None


def _find_user(access_key_id):
    for account_id in list(iam_backends):
        for backend in _backends_of(iam_backends, account_id):
            user = backend.get_user_from_access_key_id(access_key_id)
            if user is None:
                continue
            key = next(key for key in user.access_keys if key.access_key_id == access_key_id)
            return {
                "kind": "user",
                "accountId": account_id,
                "arn": user.arn,
                "userId": user.id,
                "userName": user.name,
                "secretAccessKey": key.secret_access_key,
                "status": key.status,
            }
    return None


def _find_session(access_key_id):
    for account_id in list(sts_backends):
        for backend in _backends_of(sts_backends, account_id):
            role = backend.get_assumed_role_from_access_key(access_key_id)
            if role is None:
                continue
            return {
                "kind": "assumed-role",
                "accountId": account_id,
                "arn": role.arn,
                "userId": role.user_id,
                "roleArn": role.role_arn,
                "roleName": role.role_arn.split("/")[-1],
                "sessionName": role.session_name,
                "secretAccessKey": role.secret_access_key,
                "sessionToken": role.session_token,
                "status": "Active",
                "expiration": role.expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
    return None


def _backends_of(backends, account_id):
    return list(backends[account_id].values())


def _document(text):
    """moto keeps the document as it was sent, sometimes still percent-encoded."""
    try:
        return json.loads(text)
    except ValueError:
        return json.loads(unquote(text))
