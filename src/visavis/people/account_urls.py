"""Addresses of the way in and of second factors. allauth looks for them by these names, so they have no namespace."""

from django.urls import URLPattern, path

from visavis.people.views import identity, language, letter, second_factor, signing_in

urlpatterns: list[URLPattern] = [
    path("language/", language.set_language, name="set_language"),
    path("account/sign-in/", signing_in.sign_in, name="account_login"),
    path("account/open-a-file/", signing_in.sign_up, name="account_signup"),
    path("account/code/", signing_in.enter_code, name="account_confirm_login_code"),
    path("account/code/<slug:held>/", signing_in.enter_code_elsewhere, name="account_code_elsewhere"),
    path("account/name-of-the-file/", signing_in.open_file, name="account_open_file"),
    path("account/sign-in-with-password/", signing_in.password, name="account_login_password"),
    path("account/letter/", letter.enter, name="account_letter"),
    path("account/sign-out/", signing_in.logout, name="account_logout"),
    path("account/closed/", signing_in.inactive, name="account_inactive"),
    path("account/signed-out/", identity.signed_out, name="account_signed_out"),
    path("account/identity/<slug:slot>/sign-in/", identity.begin, name="identity_begin"),
    path("account/identity/<slug:slot>/answer/", identity.answer, name="identity_answer"),
    path("account/again/", second_factor.prove, name="account_reauthenticate"),
    path("account/again/code/", second_factor.prove_by_code, name="account_reauthenticate_code"),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/sign-in/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/second-factor/again/", second_factor.again, name="mfa_reauthenticate"),
    path("account/second-factor/application/", second_factor.activate, name="mfa_activate_totp"),
    path("account/second-factor/application/remove/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", second_factor.show_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("account/passkey/", second_factor.sign_in_by_key, name="mfa_login_webauthn"),
    path("account/passkey/add/", second_factor.add_key, name="mfa_add_webauthn"),
    path("account/passkey/again/", second_factor.again_by_key, name="mfa_reauthenticate_webauthn"),
    path("account/passkey/<int:pk>/remove/", second_factor.remove_key, name="mfa_remove_webauthn"),
]
