/* First thing in the body: says that scripts run, so that styles and govuk-frontend's components may rely on it. */
document.body.classList.add("js-enabled", "govuk-frontend-supported");
