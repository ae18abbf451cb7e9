"""`visavis relay`: print the file of coturn, which carries interviews where two browsers do not reach each other."""

import argparse
import os
import sys

from visavis.interviews.relay import configuration
from visavis.interviews.relay.configuration import Relay
from visavis.operations.installing import values
from visavis.operations.installing.variables import RELAY_SECRET, relay_of

WRONG_ANSWER = 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "relay",
        help="print the configuration of coturn, which carries interviews by video",
        description="Prints the file of coturn for this service: visavis --environment FILE relay > relay.conf",
    )
    parser.add_argument(
        "--address", default="", help="its public address; behind a router also its own: 203.0.113.7/10.0.0.7"
    )
    parser.add_argument(
        "--certificate", default="", help="its certificate, for networks that let only TLS out"
    )
    parser.add_argument("--certificate-key", default="", help="the key of the certificate")


def run(args: argparse.Namespace) -> int:
    """Print it. Exits with 2 where the service has no relay, or an address cannot be read."""
    name, secret = relay_of(os.environ), os.environ.get(RELAY_SECRET, "")
    if not name or not secret:
        sys.stderr.write(
            "This service has no relay: give --relay turn.emploi.example to `visavis setup` first.\n"
        )
        return WRONG_ANSWER
    if bool(args.certificate) != bool(args.certificate_key):
        sys.stderr.write("A certificate and its key go together: give both, or none.\n")
        return WRONG_ANSWER
    try:
        address = values.relay_address(args.address)
    except values.WrongAnswer as error:
        sys.stderr.write(f"--address: {error}\n")
        return WRONG_ANSWER
    relay = Relay(name, secret, address, args.certificate, args.certificate_key)
    sys.stdout.write(configuration.text(relay))
    return 0
