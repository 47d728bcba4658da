# The service as production runs it: its dependencies, its code, an account without rights.
FROM python:3.11.14-slim-bookworm AS dependencies
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/casetrack \
 && /opt/casetrack/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM node:24-bookworm-slim AS kit
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11.14-slim-bookworm
ENV PATH=/opt/casetrack/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CASETRACK_DATA_DIR=/data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin casetrack \
 && install -d -o casetrack -m 0700 /data
COPY --from=dependencies /opt/casetrack /opt/casetrack
COPY --from=kit /app/node_modules /app/node_modules
WORKDIR /app
COPY . .
RUN python -m compileall -q api casetrack reports web workers
USER casetrack
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "casetrack.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--no-control-socket"]
