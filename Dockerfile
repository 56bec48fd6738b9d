# syntax=docker/dockerfile:1

# The Rego compiler, from its official image.
FROM openpolicyagent/opa:1.20.2-static AS opa

FROM node:22-bookworm-slim AS modules
WORKDIR /sluice
COPY package.json package-lock.json ./
# Not `npm ci`: the lock cannot name chDB's packages for every platform. The compiler comes in optional packages, one for each
# platform; of these only chDB's half gigabyte is for glibc alone, and the image leaves it out.
RUN npm install --no-save --no-audit --no-fund --libc=musl

# Google's GoogleSQL analyzer, from its wheel; the set-up program checks both of its checksums.
FROM modules AS tools
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-pip python3-venv ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY tsconfig.json ./
COPY src ./src
ENV SLUICE_TOOLS=/opt/sluice-tools
RUN node src/bootstrap.mjs src/cli/sluice.ts setup googlesql-reference

FROM modules AS build
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /sluice
COPY package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund --omit=optional --omit=dev

# What runs: no compiler of ours, no chDB; records go to a ClickHouse server.
FROM node:22-bookworm-slim AS gateway
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /sluice
COPY --from=opa /opa /usr/local/bin/opa
COPY --from=tools /opt/sluice-tools /opt/sluice-tools
COPY --from=packages /sluice/node_modules ./node_modules
COPY --from=build /sluice/dist ./dist
COPY package.json LICENSE ./
COPY policies ./policies
COPY deploy/grafana/dashboards ./deploy/grafana/dashboards
RUN mkdir -p /var/lib/sluice && chown node:node /var/lib/sluice
ENV NODE_ENV=production SLUICE_TOOLS=/opt/sluice-tools
USER node
VOLUME /var/lib/sluice
EXPOSE 8080 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "dist/main.js"]
CMD ["--config", "/etc/sluice/sluice.yaml"]

# A BigQuery to try it with: BigQuery's REST API on DuckDB.
FROM python:3.13-slim-bookworm AS emulator
RUN pip install --no-cache-dir local-bigquery==0.3.2 duckdb==1.5.5 duckdb-extensions==1.5.5 \
      duckdb-extension-icu==1.5.5 duckdb-extension-ducklake==1.5.5 duckdb-extension-spatial==1.5.5 \
 && useradd --create-home emulator && mkdir -p /data && chown emulator /data
USER emulator
RUN python -c "import duckdb_extensions as d; [d.import_extension(n) for n in ('icu', 'ducklake', 'spatial')]"
VOLUME /data
EXPOSE 9050
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9050/bigquery/v2/projects/acme-prod/datasets')"]
CMD ["local-bigquery", "serve", "--host", "0.0.0.0", "--port", "9050", "--grpc-port", "9060", "--project", "acme-prod", "--data-dir", "/data"]
