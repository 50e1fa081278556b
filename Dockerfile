# docker build --target cli -t lpr .             the command line, for an ordinary user
# docker build --target agent -t lpr-agent .     an agent for the container it runs in, see docs/install.md
FROM node:22-bookworm AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
ARG LPR_COMMIT=unknown
ENV LPR_COMMIT=${LPR_COMMIT}
RUN npm run build

# Debian has what an agent needs beside glibc: /bin/sh, setsid and setpriv.
FROM debian:bookworm-slim AS agent
COPY --from=build /src/dist/lpr /usr/local/bin/lpr
COPY --from=build /src/LICENSE /src/dist/THIRD-PARTY-LICENSES.txt /usr/local/share/lpr/
VOLUME /var/lib/lpr
EXPOSE 50051
STOPSIGNAL SIGTERM
ENTRYPOINT ["lpr", "agent", "serve"]

FROM debian:bookworm-slim AS cli
COPY --from=build /src/dist/lpr /usr/local/bin/lpr
COPY --from=build /src/LICENSE /src/dist/THIRD-PARTY-LICENSES.txt /usr/local/share/lpr/
USER 65532:65532
ENV XDG_CONFIG_HOME=/config
ENTRYPOINT ["lpr"]
