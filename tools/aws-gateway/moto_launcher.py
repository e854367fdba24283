"""moto behind the gateway: a clock that moves, ids that repeat, one request at a time.

Headers a request may carry:
  x-gateway-time   ISO 8601 instant this request happens at (default: now)
  x-gateway-seed   everything random in this request follows from it
Paths of its own: /gateway/health, /gateway/principal/<accessKeyId>, /gateway/role?arn=, and
/gateway/replay, which makes a list of journalled changes again and answers their statuses.
GATEWAY_TOKEN must come back in x-gateway-token: the principals' secrets are not for other users of the machine.
Prints {"port": N} on stdout once it listens. Ends when its stdin closes, so it never outlives the gateway.
"""

import base64
import io
import json
import os
import random
import sys
import threading
import time
import traceback
import uuid
from contextlib import nullcontext
from datetime import datetime
from hmac import compare_digest
from urllib.parse import parse_qs, unquote_to_bytes

os.environ.setdefault("MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS", "false")
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
# AWS shows an account its own snapshots; moto would give every account some 1,300 of its sample images.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
# botocore looks for a profile and an instance role when a session has no region or keys.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
    os.environ.pop(name, None)

from moto_without import do_without_optional_packages  # noqa: E402

do_without_optional_packages()

import moto.core.base_backend as base_backend  # noqa: E402
from botocore.model import OperationNotFoundError  # noqa: E402
from moto.moto_api._internal import mock_random  # noqa: E402

# Some services draw from uuid and random and not from moto's own source. Bound before they are imported, and after
# base_backend, whose backends are told apart by real UUIDs.
uuid.uuid4 = mock_random.uuid4

from moto.core.request import environ_key_for_header  # noqa: E402
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

from moto_fixes import apply_moto_fixes  # noqa: E402
from moto_state import find_principal, find_role  # noqa: E402

try:
    import time_machine
except ImportError:
    time_machine = None
    print("time-machine is not installed: the clock does not move, everything is created now", file=sys.stderr, flush=True)


def make_backends_repeatable():
    """A backend is made at first touch, with random default VPCs: seed it by its place, so that a read may be first."""
    original = base_backend.AccountSpecificBackend.__getitem__

    def get_seeded(self, region_name):
        if region_name in self.keys():
            return original(self, region_name)
        state = mock_random.getstate()
        mock_random.seed(f"{self.service_name}/{self.account_id}/{region_name}")
        try:
            return original(self, region_name)
        finally:
            mock_random.setstate(state)

    base_backend.AccountSpecificBackend.__getitem__ = get_seeded


def clock_at(environ):
    """The clock stands for the length of a request: replayed at another speed, it makes the same instants."""
    instant = environ.get("HTTP_X_GATEWAY_TIME")
    if instant is None or time_machine is None:
        return nullcontext()
    # Only a queue's long poll waits for the clock.
    waits = environ.get("HTTP_X_AMZ_TARGET", "").endswith(".ReceiveMessage")
    return time_machine.travel(datetime.fromisoformat(instant), tick=waits)


class Launcher:
    """The WSGI application: our own paths, then moto."""

    def __init__(self, token):
        self.token = token
        self.lock = threading.Lock()
        self.moto = DomainDispatcherApplication(self.create_app)

    @staticmethod
    def create_app(service):
        app = create_backend_app(service)
        # Exceptions travel up to us: Flask's own page is HTML.
        app.config["PROPAGATE_EXCEPTIONS"] = True
        return app

    def __call__(self, environ, start_response):
        # The whole body, before anything else: what stays unread would be taken for the connection's next request.
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        if not compare_digest(environ.get("HTTP_X_GATEWAY_TOKEN", ""), self.token):
            return answer(start_response, "403 Forbidden", {"message": "x-gateway-token is missing or wrong"})
        with self.lock:
            if environ["PATH_INFO"].startswith("/gateway/"):
                return self.own_path(environ, start_response)
            return self.call_moto(environ, start_response)

    def own_path(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/gateway/health":
            return answer(start_response, "200 OK", {"movableClock": time_machine is not None})
        found = None
        if path.startswith("/gateway/principal/"):
            found = find_principal(path.rsplit("/", 1)[1])
        elif path == "/gateway/role":
            found = find_role(parse_qs(environ["QUERY_STRING"])["arn"][0])
        elif path == "/gateway/replay":
            found = {"statuses": [self.replay(entry) for entry in json.load(environ["wsgi.input"])]}
        return answer(start_response, "200 OK" if found else "404 Not Found", found or {"message": "not found"})

    def replay(self, entry):
        """Without HTTP in between: that is half the time of a small request."""
        statuses = []
        self.call_moto(environ_of(entry), lambda status, headers, exc_info=None: statuses.append(status))
        return int(statuses[-1].split()[0])

    def call_moto(self, environ, start_response):
        seed = environ.get("HTTP_X_GATEWAY_SEED")
        if seed is not None:
            mock_random.seed(seed)
            random.seed(seed)
        try:
            with clock_at(environ):
                # Read to the end here: a generator would run after the lock and the clock are released.
                chunks = self.moto(environ, start_response)
                body = b"".join(chunks)
                getattr(chunks, "close", lambda: None)()
                return [body]
        except (NotImplementedError, OperationNotFoundError) as error:
            return failure(start_response, "not-implemented", error)
        except Exception as error:  # noqa: BLE001 - whatever moto throws becomes one clean answer
            traceback.print_exc()
            return failure(start_response, "exception", error)


def environ_of(entry):
    body = base64.b64decode(entry["body"])
    environ = {
        "REQUEST_METHOD": entry["method"],
        "PATH_INFO": unquote_to_bytes(entry["path"]).decode("latin-1"),
        "REQUEST_URI": entry["path"],
        "RAW_URI": entry["path"],
        "QUERY_STRING": entry["query"],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_GATEWAY_TIME": entry["instant"],
        "HTTP_X_GATEWAY_SEED": entry["seed"],
        "HTTP_X_MOTO_ACCOUNT_ID": entry["accountId"],
    }
    environ.update((environ_key_for_header(name), value) for name, value in entry["headers"])
    if entry["query"]:
        environ["REQUEST_URI"] = environ["RAW_URI"] = f'{entry["path"]}?{entry["query"]}'
    return environ


def answer(start_response, status, value, headers=()):
    body = json.dumps(value).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers])
    return [body]


def failure(start_response, kind, error):
    status = "501 Not Implemented" if kind == "not-implemented" else "500 Internal Server Error"
    return answer(start_response, status, {"message": str(error)}, [("x-gateway-failure", kind)])


class KeepAliveHandler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave as separate writes: without this each answer waits for a delayed ACK.
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self):
        """werkzeug's own closes each connection and throws away what arrives after an answer: the next request."""
        head = {}

        def start_response(status, headers, exc_info=None):
            head.update(status=status, headers=headers)

        body = b"".join(self.server.app(self.make_environ(), start_response))
        code, _, reason = head["status"].partition(" ")
        self.send_response(int(code), reason)
        is_head = self.command == "HEAD"
        for name, value in head["headers"]:
            if name.lower() != "connection" and (is_head or name.lower() != "content-length"):
                self.send_header(name, value)
        if not is_head:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if is_head else body)
        self.wfile.flush()

    def log_request(self, *args, **kwargs):
        pass


def exit_with_stdin():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    threading.Thread(target=exit_with_stdin, daemon=True).start()
    make_backends_repeatable()
    apply_moto_fixes()
    server = make_server("127.0.0.1", 0, Launcher(os.environ["GATEWAY_TOKEN"]), threaded=True, request_handler=KeepAliveHandler)
    server.daemon_threads = True
    print(json.dumps({"port": server.server_port, "movableClock": time_machine is not None}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
