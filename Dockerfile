# The service as production runs it: its dependencies, its code, an account without rights; and the proxy before it.
FROM python:3.11.14-slim-bookworm AS dependencies
# the second brings pg_dump and pg_restore, for backups
COPY requirements/base.txt requirements/client.txt /tmp/
RUN python -m venv /opt/casetrack \
 && /opt/casetrack/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt \
 && /opt/casetrack/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r /tmp/client.txt

FROM node:24.19.0-bookworm-slim AS kit
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# Without the right to low ports that the program carries, and which a container that drops all rights may not start.
FROM caddy:2.11.7-alpine AS proxy
RUN cp /usr/bin/caddy /usr/bin/caddy.plain \
 && mv /usr/bin/caddy.plain /usr/bin/caddy \
 && adduser -D -H -u 10002 -s /sbin/nologin proxy \
 && install -d -o proxy -m 0700 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10002
EXPOSE 8080 8443
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]

FROM python:3.11.14-slim-bookworm AS app
ENV PATH=/opt/casetrack/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CASETRACK_DATA_DIR=/data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin casetrack \
 && install -d -o casetrack -m 0700 /data
COPY --from=dependencies /opt/casetrack /opt/casetrack
COPY --from=kit /app/node_modules /app/node_modules
WORKDIR /app
COPY . .
RUN python -m compileall -q api casetrack reports web workers
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "casetrack.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--keep-alive=75", "--no-control-socket"]
