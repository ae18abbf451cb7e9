"""Who may open the pages of people, and the ways in."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

NADIA = frozenset({"nadia"})

# Pages that a visitor reads.
OPEN = (
    "account_login",
    "account_signup",
    "account_login_password",
    "account_letter",
    "account_inactive",
)
# In the middle of a sign-in; a visitor who did not begin one begins it, who is signed in goes home.
BETWEEN = ("account_confirm_login_code", "account_open_file", "mfa_authenticate", "mfa_login_webauthn")
MINE = (
    "people:account",
    "people:name",
    "people:language",
    "people:channel",
    "people:email",
    "people:phone",
    "people:postal_address",
    "people:address_code",
    "people:password",
    "people:readings",
    "people:sessions",
    "people:typed",
    "account_reauthenticate",
    "account_reauthenticate_code",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
)

ROWS: list[Row] = [
    *(Row(name, EVERYBODY) for name in OPEN),
    *(Row(name, SIGNED_IN) for name in BETWEEN),
    *(Row(name, SIGNED_IN) for name in MINE),
    # A link of a message: nobody has it here, and whoever opens it begins again.
    Row("account_code_elsewhere", SIGNED_IN, {"held": "nothing"}),
    Row("account_logout", EVERYBODY),
    Row("account_logout", EVERYBODY, method="post"),
    Row("set_language", EVERYBODY, method="post", data={"language": "en", "next": "/"}),
    # No provider vouches for anybody here: tests/people/identity goes on.
    Row("account_signed_out", EVERYBODY),
    Row("identity_begin", frozenset(), {"slot": "nobody"}),
    Row("identity_answer", frozenset(), {"slot": "nobody"}),
    Row("identity_answer", frozenset(), {"slot": "nobody"}, method="post"),
    Row("people:identity_keep", SIGNED_IN),
    Row("people:identity", frozenset(), {"slot": "nobody"}),
    Row("people:identity_link", frozenset(), {"slot": "nobody"}),
    Row("people:identity_unlink", SIGNED_IN, {"slot": "nobody"}, method="post"),
    # Nobody here has a passkey: they are asked who they are first. test_second_factor.py goes on.
    Row("mfa_remove_webauthn", SIGNED_IN, {"pk": 1}),
    Row("people:name", SIGNED_IN, method="post", data={"name": "Camille"}),
    Row("people:end_session", SIGNED_IN, method="post"),
    Row("people:send_typed", SIGNED_IN, method="post"),
    Row("people:forget_typed", SIGNED_IN, method="post"),
    Row("people:channel", SIGNED_IN, method="post", data={"channel": "counter"}),
    Row("people:journal", NADIA),
]
