# Production needs no build: Node runs the TypeScript as it is. The first stage only fetches what npm has.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing that production uses needs its install script.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# Only the embedded database writes here; without DATABASE_URL, mount a volume.
RUN mkdir .data && chown node:node .data
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY migrations migrations
COPY src src
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would stand between the orchestrator's SIGTERM and the process.
CMD ["node", "src/main.ts"]
