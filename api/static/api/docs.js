// Shows the contract with Swagger UI. Nothing is asked of another host: the validator's badge is turned off.
"use strict";

const place = document.getElementById("docs");

// a person's session needs the token of a form for changes; a program's token doesn't
function withCsrfToken(request) {
  const cookie = document.cookie.split("; ").find((pair) => /^(__Host-)?csrftoken=/.test(pair));
  const ours = new URL(request.url, document.baseURI).origin === window.location.origin;
  if (cookie && ours && !["GET", "HEAD", undefined].includes(request.method)) {
    request.headers["X-CSRFToken"] = cookie.slice(cookie.indexOf("=") + 1);
  }
  return request;
}

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null,
  requestInterceptor: withCsrfToken,
});
