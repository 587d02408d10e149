"""The forms of signing in and of passwords, which allauth reads: their faults told as ours are."""

from allauth.account import forms as allauth

from wherewithal.web.forms import Form

EMAIL = "Enter your email address"


class SignInForm(Form, allauth.LoginForm):  # type: ignore[misc]
    asks = {"login": EMAIL, "password": "Enter your password"}


class ForgottenForm(Form, allauth.ResetPasswordForm):  # type: ignore[misc]
    asks = {"email": EMAIL}


class NewPasswordForm(Form, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    asks = {"password1": "Enter a new password", "password2": "Enter the new password again"}


class ChangePasswordForm(Form, allauth.ChangePasswordForm):  # type: ignore[misc]
    asks = {"oldpassword": "Enter the password that you have now", **NewPasswordForm.asks}


class SamePersonForm(Form, allauth.ReauthenticateForm):  # type: ignore[misc]
    asks = {"password": "Enter your password"}
