from django.utils.translation import gettext_lazy as _

HAPPENED = {
    "account.opened": _("The account was opened"),
    "account.signed_in": _("Logged in"),
    "account.new_browser": _("Logged in from a browser not seen before"),
    "account.signed_out": _("Logged out"),
    "account.confirmed": _("Showed again who you are"),
    "account.password_changed": _("Password changed"),
    "account.second_factor_added": _("Second factor added"),
    "account.second_factor_removed": _("Second factor removed"),
    "account.reset_given": _("A code for a new password was given out"),
    "account.reset_used": _("A new password was chosen with that code"),
    "account.sign_in_failed": _("An attempt to log in failed"),
    "account.locked": _("Too many failed attempts: a quarter of an hour's wait"),
    "account.sessions_ended": _("Other logins ended"),
    "account.calendar_made": _("A secret address for calendars was made"),
    "account.calendar_removed": _("The address for calendars was taken out of use"),
}
